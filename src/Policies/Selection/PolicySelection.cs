using EdgeFilter.Policies.Combining;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Documents;

namespace EdgeFilter.Policies.Selection;

/// <summary>Which documents apply to a context at a moment.</summary>
internal sealed class PolicySelection
{
    private PolicySelection(IReadOnlyList<SelectedPolicy> policies, IReadOnlyList<WaiverDocument> waivers)
    {
        Policies = policies;
        Waivers = waivers;
    }

    /// <summary>Ordered by name: the order in which ties are broken.</summary>
    public IReadOnlyList<SelectedPolicy> Policies { get; }

    public IReadOnlyList<WaiverDocument> Waivers { get; }

    /// <summary>All policies that apply, and all that they extend.</summary>
    public static PolicySelection Of(PolicySet set, PolicyContext context, DateTimeOffset now) =>
        From(
            set,
            set.Policies.Where(p => AppliesToMatch.Holds(p.AppliesTo, context, now)),
            set.Waivers.Where(w => AppliesToMatch.Holds(w.AppliesTo, context, now)));

    /// <summary>One policy and all that it extends, whomever it applies to: how a policy's own tests see it.</summary>
    public static PolicySelection Alone(PolicySet set, string name) => From(set, [set.Find(name)!], []);

    private static PolicySelection From(PolicySet set, IEnumerable<PolicyDocument> applying, IEnumerable<WaiverDocument> waivers)
    {
        var selected = new SortedDictionary<string, SelectedPolicy>(StringComparer.Ordinal);

        // Candidates last: what they extend is in force only when something else brings it in too.
        foreach (var policy in applying.OrderBy(p => p.Shadow?.Value ?? false))
        {
            var shadow = policy.Shadow?.Value ?? false;
            foreach (var member in set.LineageOf(policy.Name!.Value))
            {
                var name = member.Name!.Value;
                if (selected.TryGetValue(name, out var known))
                {
                    known.BroughtBy.Add(policy.Name.Value);
                }
                else
                {
                    selected.Add(name, new SelectedPolicy(member, shadow, [policy.Name.Value]));
                }
            }
        }

        return new PolicySelection([.. selected.Values], [.. waivers]);
    }
}

/// <param name="Document">The policy.</param>
/// <param name="InShadow">True when only candidates bring it in.</param>
/// <param name="BroughtBy">The policies that apply by themselves and extend it, or it itself.</param>
internal sealed record SelectedPolicy(PolicyDocument Document, bool InShadow, List<string> BroughtBy);
