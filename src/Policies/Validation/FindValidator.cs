using EdgeFilter.Policies.Documents;
using EdgeFilter.Policies.Selection;
using FluentValidation;

namespace EdgeFilter.Policies.Validation;

/// <summary>Whether what a rule looks for exists and can be found.</summary>
internal sealed class FindValidator : AbstractValidator<FindDocument>
{
    /// <summary>What only models find.</summary>
    private static readonly string[] OfModels = ["PERSON", "LOCATION", "ORGANIZATION"];

    private const string DefineDictionary = " Define it under 'dictionaries' of the policy, as in projects: { entity: PROJECT, words: [bluebird] }, and name it here.";
    private const string DefinePattern = " Define it under 'patterns' of the policy, as in order: { entity: ORDER, pattern: 'AC-[0-9]{8}' }, and name it here.";

    private readonly ValidationScope scope;

    public FindValidator(ValidationScope scope)
    {
        this.scope = scope;
        RuleFor(f => f).Custom((find, context) => Check(find, context, isNegated: false, isTop: true));
    }

    private void Check(FindDocument find, ValidationContext<FindDocument> context, bool isNegated, bool isTop)
    {
        if (find.IsEmpty && !find.IsPartial)
        {
            var modifier = find.AtLeast?.At ?? find.Count?.At ?? find.Label?.At;
            context.Report(MeaningProblems.FindsNothing, modifier ?? find.At, "nothing to find is named here; write for example entities: [EMAIL_ADDRESS].");
        }
        else if (isTop && !find.IsPartial && find.None.Count > 0 && !isNegated && HasOnlyNegations(find))
        {
            context.Report(MeaningProblems.MatchesEverything, find.None[0].At, "with 'none' alone the rule matches nearly every text; say beside it what to find.");
        }

        CheckNames(find, context);
        new ClassifierCheck(scope).Check(find, context);
        ModifierCheck.Check(find, context);
        UrlCheck.Check(find, context);
        ContradictionCheck.Check(find, context);
        foreach (var part in find.All.Concat(find.Any))
        {
            Check(part, context, isNegated, isTop: false);
        }

        foreach (var part in find.None)
        {
            Check(part, context, isNegated: true, isTop: false);
        }
    }

    private static bool HasOnlyNegations(FindDocument find) =>
        !find.NamesFindings && find.Urls is null && find.Classifier is null && find.PromptLeak is null && find.LongerThan is null
        && find.Languages.Count + find.LanguagesExcept.Count + find.Tools.Count + find.Models.Count + find.All.Count + find.Any.Count == 0;

    private void CheckNames(FindDocument find, ValidationContext<FindDocument> context)
    {
        var names = scope.Detectors;
        var visible = context.Visible();
        foreach (var entity in find.Entities.Where(e => names.Catalog.OfEntity(e.Value).Count == 0 && !visible.Entities.Contains(e.Value)))
        {
            context.Report(MeaningProblems.UnknownEntity, entity.At, scope.Classifiers.RefusalOf(entity.Value) is { } why
                ? $"entity '{entity.Value}' is found by a model that is refused: {why}"
                : OfModels.Contains(entity.Value)
                ? $"entity '{entity.Value}' is found by a model, and none that finds it is installed; 'models list' shows those that are."
                : $"entity '{entity.Value}' does not exist.{Hint(entity.Value, names.Catalog.EntityNames.Concat(visible.Entities), names.Classes, "class")}");
        }

        foreach (var name in find.Classes.Where(c => names.OfClass(c.Value).Count == 0))
        {
            context.Report(MeaningProblems.UnknownClass, name.At, $"class '{name.Value}' does not exist.{Hint(name.Value, names.Classes, names.Catalog.EntityNames, "entity")}");
        }

        var ids = names.Catalog.Detectors.Select(d => d.Id);
        foreach (var detector in find.Detectors.Where(d => names.Catalog.Find(d.Value) is null))
        {
            context.Report(MeaningProblems.UnknownDetector, detector.At, $"detector '{detector.Value}' does not exist.{Near(detector.Value, ids)}");
        }

        foreach (var secret in find.Secrets.Where(s => s.Value != "all"))
        {
            if (names.Catalog.Find(secret.Value) is not { } detector)
            {
                context.Report(MeaningProblems.UnknownDetector, secret.At, $"detector '{secret.Value}' does not exist.{Near(secret.Value, names.Secrets.Select(d => d.Id))}");
            }
            else if (!DetectorNames.IsSecret(detector))
            {
                context.Report(MeaningProblems.NotASecret, secret.At, $"'{secret.Value}' finds {detector.Entity}, which is not a secret; write detectors: [{secret.Value}].");
            }
        }

        Known(find.Dictionaries, visible.Dictionaries.Keys, MeaningProblems.UnknownDictionary, "dictionary", DefineDictionary, context);
        Known(find.Patterns, visible.Patterns.Keys, MeaningProblems.UnknownPattern, "pattern", DefinePattern, context);
        CheckCountries(find, context);
    }

    private void CheckCountries(FindDocument find, ValidationContext<FindDocument> context)
    {
        if (find.Countries.Count == 0 || find.Entities.Count + find.Classes.Count == 0)
        {
            return;
        }

        var named = find.Entities.SelectMany(e => scope.Detectors.Catalog.OfEntity(e.Value))
            .Concat(find.Classes.SelectMany(c => scope.Detectors.OfClass(c.Value)))
            .Select(d => d.Country)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var country in find.Countries.Where(c => named.Count > 0 && !named.Contains(c.Value)))
        {
            var hint = Regions.IsGroup(country.Value) ? " It is no country: write each of its countries that is meant." : NearestName.Hint(country.Value, named);
            context.Report(MeaningProblems.NothingLeft, country.At, $"nothing that is named here is an identifier of '{country.Value}'; remove the country or name more.{hint}");
        }
    }

    private static void Known(
        IEnumerable<Written<string>> written, IEnumerable<string> known, ProblemKind kind, string what, string howTo, ValidationContext<FindDocument> context)
    {
        foreach (var name in written.Where(n => !known.Contains(n.Value)))
        {
            var hint = NearestName.Hint(name.Value, known);
            context.Report(kind, name.At, $"{what} '{name.Value}' is not defined in this policy or one that it extends.{(hint.Length > 0 ? hint : howTo)}");
        }
    }

    private static string Near(string written, IEnumerable<string> known) =>
        NearestName.Hint(written, known) is { Length: > 0 } hint ? hint : NearestName.WithWord(written, known);

    // The commonest mistake is a class under 'entities' or the other way round.
    private static string Hint(string written, IEnumerable<string> known, IEnumerable<string> elsewhere, string kind) =>
        elsewhere.Contains(written) ? $" It is the name of {(kind == "entity" ? "an entity: write it under 'entities'" : "a class: write it under 'classes'")}." : Near(written, known);
}
