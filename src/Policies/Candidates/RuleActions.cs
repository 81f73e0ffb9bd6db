using EdgeFilter.Policies.Decisions;

namespace EdgeFilter.Policies.Candidates;

/// <summary>Which rules matched one direction of an exchange, each with the strictest thing that it did.</summary>
public sealed class RuleActions
{
    private readonly SortedDictionary<string, PolicyAction> byRule = new(StringComparer.Ordinal);

    public PolicyAction Strictest { get; private set; } = PolicyAction.Allow;

    public void Add(IReadOnlyList<RuleHit> hits)
    {
        foreach (var hit in hits)
        {
            Add(hit.Rule.ToString(), hit.Action);
        }
    }

    /// <param name="rule">As policy/rule.</param>
    /// <param name="action">What it did.</param>
    public void Add(string rule, PolicyAction action)
    {
        byRule[rule] = byRule.TryGetValue(rule, out var known) && known > action ? known : action;
        Strictest = action > Strictest ? action : Strictest;
    }

    internal IReadOnlyList<RuleChange> ChangesTo(RuleActions other)
    {
        List<RuleChange>? changes = null;
        foreach (var (rule, action) in byRule)
        {
            PolicyAction? now = other.byRule.TryGetValue(rule, out var found) ? found : null;
            if (now != action)
            {
                (changes ??= []).Add(new RuleChange(rule, action, now));
            }
        }

        foreach (var (rule, action) in other.byRule.Where(r => !byRule.ContainsKey(r.Key)))
        {
            (changes ??= []).Add(new RuleChange(rule, null, action));
        }

        return changes ?? (IReadOnlyList<RuleChange>)[];
    }
}
