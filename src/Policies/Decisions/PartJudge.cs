using EdgeFilter.Policies.Compilation;

namespace EdgeFilter.Policies.Decisions;

/// <summary>Holds parts that nobody reads against the rules on them.</summary>
public static class PartJudge
{
    /// <summary>The rules that apply to a part, in the fixed order in which ties are broken.</summary>
    /// <param name="policy">Whose rules.</param>
    /// <param name="now">Decides which waivers still hold.</param>
    public static IReadOnlyList<RuleHit> Judge(CompiledPolicy policy, Direction direction, in UninspectedPart part, DateTimeOffset now)
    {
        List<RuleHit>? hits = null;
        foreach (var rule in policy.PartRulesFor(direction))
        {
            if (rule.When is PartCondition condition && condition.Holds(part))
            {
                var exception = rule.Exceptions.FirstOrDefault(e => e.Covers([], now));
                (hits ??= []).Add(new RuleHit(rule, exception));
            }
        }

        return hits ?? (IReadOnlyList<RuleHit>)[];
    }
}
