using System.Collections.Frozen;
using System.Collections.Immutable;
using EdgeFilter.Policies.Documents;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Compilation;

/// <summary>From the rules of a policy as written to templates, in the author's order; limits make rules too.</summary>
internal sealed class RuleCompiler(ConditionCompiler conditions)
{
    public IEnumerable<RuleTemplate> Compile(PolicyDocument policy, IReadOnlyList<PolicyDocument> lineage)
    {
        var identity = new PolicyIdentity(policy.Name!.Value, policy.Version!.Value, policy.Digest);
        foreach (var rule in policy.Rules)
        {
            yield return Compile(rule, policy, identity, lineage);
        }

        if (policy.Limits is { LongestPrompt: { } longestPrompt })
        {
            yield return Limit(RuleIds.LongestPrompt, longestPrompt, Direction.Prompt, policy, identity);
        }

        if (policy.Limits is { LongestOutput: { } longestOutput })
        {
            yield return Limit(RuleIds.LongestOutput, longestOutput, Direction.Output, policy, identity);
        }
    }

    /// <summary>The first moment of the day on which something no longer holds.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private RuleTemplate Compile(RuleDocument rule, PolicyDocument policy, PolicyIdentity identity, IReadOnlyList<PolicyDocument> lineage)
    {
        var when = conditions.Compile(rule.Find!, rule, policy, lineage);
        return new RuleTemplate
        {
            Document = policy,
            Policy = identity,
            Id = rule.Id!.Value,
            At = rule.At,
            In = rule.In.Select(d => d.Value).ToFrozenSet(),
            From = rule.From.Count == 0 ? RuleTemplate.AllRoles : rule.From.SelectMany(f => Speakers.RolesOf(f.Value)).ToFrozenSet(),
            When = when,
            DependsOnModel = when.Flatten().OfType<ModelCondition>().Any(),
            Then = rule.Then!.Value,
            ReplaceWith = rule.ReplaceWith?.Value,
            KeepLast = (int)(rule.KeepLast?.Value ?? 4),
            Say = rule.Say.ToFrozenDictionary(s => s.Name.Value, s => s.Value.Value, StringComparer.OrdinalIgnoreCase),
            Why = rule.Why?.Value ?? "",
            Severity = rule.Severity?.Value ?? Severity.Medium,
            Stream = rule.Stream?.Value ?? StreamMode.Immediate,
            Shadow = (rule.Shadow?.Value ?? false) || (policy.Shadow?.Value ?? false),
            Evidence = (rule.Evidence ?? policy.Evidence)?.Value ?? Evidence.None,
            Exceptions = [.. rule.Exceptions.Select(Exception)],
            OpenUntil = rule.OnFailure is { Then.Value: FailureWord.Allow, Expires: { } until } ? StartOf(until.Value) : null,
            RerouteTo = [.. rule.RerouteTo.Select(r => r.Value)],
        };
    }

    private static CompiledException Exception(ExceptionDocument exception) => new()
    {
        Reason = exception.Reason!.Value,
        Expires = StartOf(exception.Expires!.Value),
        Values = new ValueListTest(exception.Values.Select(v => v.Value)),
    };

    private static RuleTemplate Limit(string id, Written<double> longest, Direction direction, PolicyDocument policy, PolicyIdentity identity) => new()
    {
        Document = policy,
        Policy = identity,
        Id = id,
        At = longest.At,
        In = new[] { direction }.ToFrozenSet(),
        When = new SizeCondition { AtLeast = (int)longest.Value + 1 },
        Then = PolicyAction.Block,
        Why = "The policy limits the length of texts.",
        Shadow = policy.Shadow?.Value ?? false,
    };
}
