using EdgeFilter.Policies.Documents;
using FluentValidation;

namespace EdgeFilter.Policies.Validation;

/// <summary>Whether <c>at-least</c>, <c>count</c>, <c>countries</c> and <c>label</c> belong to exactly one thing.</summary>
internal static class ModifierCheck
{
    public static void Check(FindDocument find, ValidationContext<FindDocument> context)
    {
        if (find.AtLeast is { } atLeast)
        {
            CheckThreshold(find, atLeast, context);
        }

        if (find.Label is { } label && find.Classifier is null)
        {
            context.Report(MeaningProblems.IdleModifier, label.At, "'label' belongs to a 'classifier', and none is named here.");
        }

        if (find.Count is { } count && !find.NamesFindings && find.Urls is null && !find.IsEmpty)
        {
            context.Report(MeaningProblems.IdleModifier, count.At, "'count' counts findings of entities, classes, detectors, secrets, dictionaries, patterns or urls, and none is named here.");
        }
        else if (find.Count is not null && find.NamesFindings && find.Urls is not null)
        {
            context.Report(MeaningProblems.OneModifierTwoThings, find.Count.At, "'count' stands beside entities and urls; write them as two conditions under 'all'.");
        }

        if (find.Countries.Count > 0 && find.Entities.Count + find.Classes.Count == 0)
        {
            context.Report(MeaningProblems.IdleModifier, find.Countries[0].At, "'countries' narrows 'classes' and 'entities', and neither is named here.");
        }
    }

    private static void CheckThreshold(FindDocument find, Written<Threshold> atLeast, ValidationContext<FindDocument> context)
    {
        var findings = find.NamesFindings || find.Urls is not null;
        if (findings && find.Classifier is not null)
        {
            context.Report(MeaningProblems.OneModifierTwoThings, atLeast.At, "'at-least' stands beside things to find and a classifier; write them as two conditions under 'all' or 'any'.");
        }
        else if (findings)
        {
            if (atLeast.Value.Word is not { } word || !Threshold.Levels.Contains(word))
            {
                context.Report(MeaningProblems.ThresholdMeansNothing, atLeast.At, "entities are found as possible, likely or certain; numbers and strict, balanced, permissive are for classifiers.");
            }
        }
        else if (find.Classifier is not null)
        {
            if (atLeast.Value.Word is { } word && !Threshold.Calibrated.Contains(word))
            {
                context.Report(MeaningProblems.ThresholdMeansNothing, atLeast.At, $"a classifier gives a score: write a number from 0 to 1, strict, balanced or permissive instead of '{word}'.");
            }
            else if (atLeast.Value is { Word: null, Number: 0 })
            {
                context.Report(MeaningProblems.ThresholdMatchesAll, atLeast.At, "every text scores at least 0; write a number such as 0.9, or strict, balanced, permissive.");
            }
        }
        else if (!find.IsEmpty)
        {
            context.Report(MeaningProblems.IdleModifier, atLeast.At, "'at-least' has nothing to modify here; put it beside the entities or the classifier that it belongs to.");
        }
    }
}
