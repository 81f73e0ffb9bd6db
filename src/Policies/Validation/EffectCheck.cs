using EdgeFilter.Policies.Documents;

namespace EdgeFilter.Policies.Validation;

/// <summary>What is sound, and yet does nothing: authors meant something else by it.</summary>
internal static class EffectCheck
{
    /// <summary>Rules that another rule of the policy leaves nothing to decide.</summary>
    public static IEnumerable<PolicyProblem> OfRules(PolicyDocument policy)
    {
        foreach (var rule in policy.Rules)
        {
            if (rule is { Then.Value: PolicyAction.Allow })
            {
                yield return new(MeaningProblems.NoEffect, rule.Then.At, "'allow' overrides no other rule: the strictest action wins. To let values pass write 'except' in the rule that finds them, or a waiver; to only count them write 'log'.");
            }
        }

        foreach (var same in policy.Rules.Where(r => r.Find is { IsPartial: false }).GroupBy(r => Likeness(r.Find!)).Where(g => g.Skip(1).Any())
            .SelectMany(g => g.GroupBy(r => Signature(r.Find!), StringComparer.Ordinal)).Select(g => g.ToArray()).Where(g => g.Length > 1))
        {
            foreach (var (rule, stronger) in same.Select((rule, i) => (rule, same.Where((other, j) => j != i && Covers(other, rule, isFirst: j < i)).FirstOrDefault())).Where(p => p.Item2 is not null))
            {
                yield return new(MeaningProblems.NoEffect, rule.At, $"rule '{stronger!.Id!.Value}' (line {stronger.At.Line}) looks for the same in the same places and does as much or more, so this one decides nothing; remove one of them.");
            }
        }
    }

    /// <summary>Dictionaries and patterns that no rule of the policy, or of those that extend it, looks for.</summary>
    public static IEnumerable<PolicyProblem> OfParts(PolicyDocument policy, IEnumerable<PolicyDocument> users)
    {
        if (policy.Dictionaries.Count + policy.Patterns.Count == 0)
        {
            yield break;
        }

        var finds = users.SelectMany(u => u.Rules).SelectMany(r => r.Find?.Flatten() ?? []).ToArray();
        var dictionaries = finds.SelectMany(f => f.Dictionaries).Select(d => d.Value).ToHashSet(StringComparer.Ordinal);
        var patterns = finds.SelectMany(f => f.Patterns).Select(p => p.Value).ToHashSet(StringComparer.Ordinal);
        var entities = finds.SelectMany(f => f.Entities).Select(e => e.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var unused in policy.Dictionaries.Where(d => !dictionaries.Contains(d.Name.Value) && !entities.Contains(d.Value.Entity?.Value ?? "")))
        {
            yield return new(MeaningProblems.NoEffect, unused.Name.At, $"no rule looks for the dictionary '{unused.Name.Value}'; write dictionaries: [{unused.Name.Value}] in one, or remove it.");
        }

        foreach (var unused in policy.Patterns.Where(p => !patterns.Contains(p.Name.Value) && !entities.Contains(p.Value.Entity?.Value ?? "")))
        {
            yield return new(MeaningProblems.NoEffect, unused.Name.At, $"no rule looks for the pattern '{unused.Name.Value}'; write patterns: [{unused.Name.Value}] in one, or remove it.");
        }
    }

    private static bool Covers(RuleDocument other, RuleDocument rule, bool isFirst) =>
        other is { Id: { } id, Then: { } stronger, Exceptions.Count: 0 } && rule is { Then: { } then } && rule.Id?.Value != id.Value
        && other.Shadow?.Value != true && rule.Shadow?.Value != true
        && (stronger.Value > then.Value || (stronger.Value == then.Value && isFirst))
        && rule.In.Count > 0 && rule.In.All(d => other.In.Any(o => o.Value == d.Value))
        && (other.From.Count == 0 || (rule.From.Count > 0 && rule.From.All(f => other.From.Any(o => o.Value == f.Value))));

    // Equal for equal conditions, and cheap: nearly all rules differ already here.
    private static int Likeness(FindDocument find)
    {
        var sum = find.All.Count + (31 * find.Any.Count) + (find.Classifier is null ? 0 : string.GetHashCode(find.Classifier.Value, StringComparison.Ordinal));
        foreach (var list in new[] { find.Entities, find.Classes, find.Countries, find.Detectors, find.Secrets, find.Dictionaries, find.Patterns })
        {
            foreach (var name in list)
            {
                sum ^= string.GetHashCode(name.Value, StringComparison.Ordinal);
            }
        }

        return sum;
    }

    private static string Signature(FindDocument find)
    {
        var parts = new List<string>
        {
            Names(find.Entities), Names(find.Classes), Names(find.Countries), Names(find.Detectors), Names(find.Secrets), Names(find.Dictionaries),
            Names(find.Patterns), Names(find.CanaryTokens), Names(find.Languages), Names(find.LanguagesExcept), Names(find.Tools), Names(find.Models),
            $"{find.InvisibleText?.Value} {find.EncodedText?.Value} {find.Classifier?.Value} {find.Label?.Value} {find.AtLeast?.Value}",
            $"{find.Count?.Value} {find.LongerThan?.Value} {find.PromptLeak?.Value} {find.LargerThan?.Value}",
            string.Join(',', find.Uninspected.Select(u => u.Value).Order()), Names(find.MediaTypes), Names(find.MediaTypesExcept),
        };
        if (find.Urls is { } urls)
        {
            parts.Add($"{string.Join(',', urls.As.Select(a => a.Value).Order())} {Names(urls.Domains)} {Names(urls.ExceptDomains)} {urls.CarryingData?.Value}");
        }

        parts.Add("all " + string.Join('&', find.All.Select(Signature).Order(StringComparer.Ordinal)));
        parts.Add("any " + string.Join('&', find.Any.Select(Signature).Order(StringComparer.Ordinal)));
        parts.Add("none " + string.Join('&', find.None.Select(Signature).Order(StringComparer.Ordinal)));
        return string.Join('\n', parts);
    }

    private static string Names(IReadOnlyList<Written<string>> names) => string.Join(',', names.Select(n => n.Value).Order(StringComparer.Ordinal));
}
