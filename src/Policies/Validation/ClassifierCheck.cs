using EdgeFilter.Policies.Documents;
using FluentValidation;

namespace EdgeFilter.Policies.Validation;

/// <summary>Whether the models, labels and languages that a condition names are there.</summary>
internal sealed class ClassifierCheck(ValidationScope scope)
{
    public void Check(FindDocument find, ValidationContext<FindDocument> context)
    {
        if (find.Classifier is { } name)
        {
            CheckLabel(find, name, context);
        }

        CheckLanguages(find, context);
    }

    private void CheckLabel(FindDocument find, Written<string> name, ValidationContext<FindDocument> context)
    {
        if (scope.Classifiers.Find(name.Value) is not { } classifier)
        {
            context.Report(MeaningProblems.UnknownClassifier, name.At, scope.Classifiers.RefusalOf(name.Value) is { } why
                ? $"classifier '{name.Value}' is refused: {why}"
                : $"classifier '{name.Value}' is not installed.{NearestName.Hint(name.Value, scope.Classifiers.Names)}");
            return;
        }

        if (find.Label is null)
        {
            if (classifier.Labels.Count > 1)
            {
                context.Report(MeaningProblems.LabelNeeded, name.At, $"'{name.Value}' scores several labels; add 'label' with one of: {string.Join(", ", classifier.Labels)}.");
                return;
            }
        }
        else if (!classifier.Labels.Contains(find.Label.Value))
        {
            context.Report(MeaningProblems.UnknownLabel, find.Label.At, $"'{name.Value}' does not score '{find.Label.Value}'; its labels are {string.Join(", ", classifier.Labels)}.{NearestName.Hint(find.Label.Value, classifier.Labels)}");
            return;
        }

        var label = find.Label?.Value ?? classifier.Labels[0];
        if (find.AtLeast is { Value.Word: { } word } at && Threshold.Calibrated.Contains(word) && classifier.NamedThreshold(label, word) is null)
        {
            context.Report(MeaningProblems.ThresholdNotNamed, at.At, $"the manifest of '{name.Value}' gives no figure for '{word}'; write a number from 0 to 1.");
        }
    }

    private void CheckLanguages(FindDocument find, ValidationContext<FindDocument> context)
    {
        var written = find.Languages.Concat(find.LanguagesExcept).ToArray();
        if (written.Length == 0)
        {
            return;
        }

        if (scope.Classifiers.Find(ValidationScope.LanguageClassifier) is not { } model)
        {
            context.Report(MeaningProblems.NoLanguageModel, written[0].At, scope.Classifiers.RefusalOf(ValidationScope.LanguageClassifier) is { } why
                ? $"a condition on the language needs the model 'language', which is refused: {why}"
                : "a condition on the language needs the model 'language', which is not installed.");
            return;
        }

        foreach (var language in written.Where(l => !model.Labels.Contains(l.Value)))
        {
            context.Report(MeaningProblems.UnknownLanguage, language.At, $"the language model doesn't know '{language.Value}'; it knows {string.Join(", ", model.Labels)}.");
        }
    }
}
