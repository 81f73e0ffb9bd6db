using EdgeFilter.Policies.Decisions;
using EdgeFilter.Policies.Documents;
using FluentValidation;

namespace EdgeFilter.Policies.Validation;

/// <summary>Whether a rule on parts that can't be read says only what can be true of them.</summary>
internal static class PartCheck
{
    public static void Check(RuleDocument rule, ValidationContext<RuleDocument> context)
    {
        if (rule.Find is not { } find)
        {
            return;
        }

        foreach (var inner in find.Flatten().Where(f => f != find && f.Uninspected.Count > 0))
        {
            context.Report(MeaningProblems.PartHasNoText, inner.Uninspected[0].At, "'uninspected' can't be one of several conditions; write a rule of its own.");
        }

        foreach (var idle in find.Flatten().Where(f => f.Uninspected.Count == 0).Select(IdleModifierOf).OfType<(SourcePlace At, string Key)>())
        {
            context.Report(MeaningProblems.IdleModifier, idle.At, $"'{idle.Key}' narrows 'uninspected', and that is not written here.");
        }

        if (find.Uninspected.Count > 0)
        {
            CheckRule(rule, find, context);
        }
    }

    private static void CheckRule(RuleDocument rule, FindDocument find, ValidationContext<RuleDocument> context)
    {
        var at = find.Uninspected[0].At;
        if (!find.HasNoText)
        {
            context.Report(MeaningProblems.PartHasNoText, at, "'uninspected' stands beside what only a text can have; write two rules.");
        }

        if (rule.From.Count > 0)
        {
            context.Report(MeaningProblems.PartHasNoText, rule.From[0].At, "'from' says who speaks, and a part that can't be read says nothing; leave it out.");
        }

        if (rule.Then is { Value: PolicyAction.Mask or PolicyAction.Hash or PolicyAction.Pseudonymise } then)
        {
            context.Report(MeaningProblems.PartHasNoText, then.At, $"'{Words.Of(then.Value)}' changes text; a part that can't be read can be logged, redacted, rerouted or blocked.");
        }

        if (rule.Then is { Value: PolicyAction.Redact } redact && find.Uninspected.FirstOrDefault(k => !UninspectedPart.IsMedia(k.Value)) is { } other)
        {
            context.Report(MeaningProblems.PartHasNoText, redact.At, $"only image, audio, video and file can be taken out of a message; '{Words.Of(other.Value)}' can be logged, rerouted or blocked.");
        }

        if (rule.Exceptions.Count > 0)
        {
            context.Report(MeaningProblems.PartHasNoText, rule.Exceptions[0].At, "'except' lists values of texts, and a part that can't be read has none; a waiver can relax the rule.");
        }
    }

    private static (SourcePlace At, string Key)? IdleModifierOf(FindDocument find) =>
        find.MediaTypes.Count > 0 ? (find.MediaTypes[0].At, "media-types")
        : find.MediaTypesExcept.Count > 0 ? (find.MediaTypesExcept[0].At, "media-types-except")
        : find.LargerThan is { } larger ? (larger.At, "larger-than")
        : null;
}
