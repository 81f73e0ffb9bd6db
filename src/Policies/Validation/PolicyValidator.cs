using EdgeFilter.Policies.Documents;
using FluentValidation;

namespace EdgeFilter.Policies.Validation;

/// <summary>What a policy means, as far as it can be judged with the policies that it extends in view.</summary>
internal sealed class PolicyValidator : AbstractValidator<PolicyDocument>
{
    public PolicyValidator(ValidationScope scope)
    {
        RuleFor(p => p).Custom(DecidesSomething);
        RuleFor(p => p).Custom(RuleIdsAreUnique);
        RuleFor(p => p.AppliesTo!).SetValidator(new AppliesToValidator()).When(p => p.AppliesTo is not null);
        RuleForEach(p => p.Dictionaries).Custom((d, context) => EntityIsFree(d.Value.Entity, scope, context));
        RuleForEach(p => p.Patterns).Custom((p, context) => EntityIsFree(p.Value.Entity, scope, context));
        RuleForEach(p => p.Patterns).Custom((p, context) => PatternCheck.Check(p.Value, context));
        RuleForEach(p => p.Rules).SetValidator(new RuleValidator(scope));
        RuleFor(p => p).Custom(ModelsCanMeet);
        RuleFor(p => p).Custom(EmbeddingsStayUsable);
        RuleForEach(p => p.Tests).SetValidator(new TestValidator());
        RuleFor(p => p.Tests).Custom(TestNames.AreUnique);
    }

    private static void DecidesSomething(PolicyDocument policy, ValidationContext<PolicyDocument> context)
    {
        if (!policy.IsPartial && policy.Rules.Count == 0 && policy.Residency is null && policy.Limits is null && policy.Extends.Count == 0)
        {
            context.Report(MeaningProblems.EmptyPolicy, policy.At, "this policy decides nothing; give it rules, residency, limits, or a policy to extend.");
        }
    }

    private static void RuleIdsAreUnique(PolicyDocument policy, ValidationContext<PolicyDocument> context)
    {
        var seen = new Dictionary<string, SourcePlace>(StringComparer.Ordinal);
        foreach (var rule in policy.Rules)
        {
            if (rule.Id is not { } id)
            {
                continue;
            }

            if (id.Value is RuleIds.LongestPrompt or RuleIds.LongestOutput && policy.Limits is not null)
            {
                context.Report(MeaningProblems.DuplicateRule, id.At, $"'{id.Value}' is the id of the rule that 'limits' makes; choose another.");
            }
            else if (!seen.TryAdd(id.Value, id.At))
            {
                context.Report(MeaningProblems.DuplicateRule, id.At, $"the id '{id.Value}' is used twice, first on line {seen[id.Value].Line}; choose another.");
            }
        }
    }

    private static void EntityIsFree(Written<string>? entity, ValidationScope scope, ValidationContext<PolicyDocument> context)
    {
        if (entity is not null && scope.Detectors.Catalog.OfEntity(entity.Value).Count > 0)
        {
            context.Report(MeaningProblems.EntityTaken, entity.At, $"'{entity.Value}' is a built-in entity; choose another name, such as OUR_{entity.Value}.");
        }
    }

    private static void ModelsCanMeet(PolicyDocument policy, ValidationContext<PolicyDocument> context)
    {
        if (policy.AppliesTo is not { Models.Count: > 0 } appliesTo)
        {
            return;
        }

        foreach (var find in policy.Rules.Select(r => r.Find).OfType<FindDocument>().SelectMany(f => f.All.Prepend(f)))
        {
            if (ContradictionCheck.AreDisjoint(appliesTo.Models, find.Models))
            {
                context.Report(MeaningProblems.NeverMatches, find.Models[0].At, $"the policy applies to other models ({string.Join(", ", appliesTo.Models.Take(3).Select(m => m.Value))}), so these never meet it; leave one of the lists out.");
            }
        }
    }

    private static void EmbeddingsStayUsable(PolicyDocument policy, ValidationContext<PolicyDocument> context)
    {
        var embeddings = policy.AppliesTo?.Protocols.FirstOrDefault(p => p.Value.Contains("embed", StringComparison.OrdinalIgnoreCase));
        if (embeddings is null)
        {
            return;
        }

        foreach (var rule in policy.Rules)
        {
            if (rule is { Then: { Value: PolicyAction.Redact or PolicyAction.Mask or PolicyAction.Hash } then } && rule.In.Any(d => d.Value == Direction.Prompt))
            {
                context.Report(
                    MeaningProblems.SpoilsEmbeddings,
                    then.At,
                    $"'{Words.Of(then.Value)}' spoils what is embedded ({embeddings.Value}); use pseudonymise, block, log or allow.");
            }
        }
    }
}
