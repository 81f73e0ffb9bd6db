using EdgeFilter.Policies.Documents;

namespace EdgeFilter.Policies.Validation;

/// <summary>What a policy sees of itself and of all that it extends.</summary>
/// <param name="Dictionaries">By name.</param>
/// <param name="Patterns">By name.</param>
/// <param name="Rules">Ids of all rules, as <c>id</c> and as <c>policy/id</c>.</param>
internal sealed record VisibleNames(
    IReadOnlyDictionary<string, DictionaryDocument> Dictionaries,
    IReadOnlyDictionary<string, PatternDocument> Patterns,
    IReadOnlySet<string> Rules)
{
    public IEnumerable<string> Entities =>
        Dictionaries.Values.Select(d => d.Entity).Concat(Patterns.Values.Select(p => p.Entity)).Where(e => e is not null).Select(e => e!.Value);

    /// <param name="lineage">The policy and all that it extends.</param>
    public static VisibleNames Of(IEnumerable<PolicyDocument> lineage)
    {
        var dictionaries = new Dictionary<string, DictionaryDocument>(StringComparer.Ordinal);
        var patterns = new Dictionary<string, PatternDocument>(StringComparer.Ordinal);
        var rules = new HashSet<string>(StringComparer.Ordinal);
        foreach (var policy in lineage)
        {
            foreach (var dictionary in policy.Dictionaries)
            {
                dictionaries.TryAdd(dictionary.Name.Value, dictionary.Value);
            }

            foreach (var pattern in policy.Patterns)
            {
                patterns.TryAdd(pattern.Name.Value, pattern.Value);
            }

            foreach (var id in RuleIds.Of(policy))
            {
                rules.Add(id);
                rules.Add($"{policy.NameOrFile}/{id}");
            }
        }

        return new(dictionaries, patterns, rules);
    }
}

/// <summary>The ids of a policy's rules, those that its limits make included.</summary>
internal static class RuleIds
{
    public const string LongestPrompt = "longest-prompt";
    public const string LongestOutput = "longest-output";

    public static IEnumerable<string> Of(PolicyDocument policy)
    {
        foreach (var rule in policy.Rules)
        {
            if (rule.Id is { } id)
            {
                yield return id.Value;
            }
        }

        if (policy.Limits?.LongestPrompt is not null)
        {
            yield return LongestPrompt;
        }

        if (policy.Limits?.LongestOutput is not null)
        {
            yield return LongestOutput;
        }
    }
}
