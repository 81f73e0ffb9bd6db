using EdgeFilter.Policies.Compilation;

namespace EdgeFilter.Policies.Decisions;

/// <summary>The rules that applied to one text, one entry for each rule and exception, in the order in which they first applied.</summary>
internal sealed class HitList
{
    private readonly List<RuleHit> hits = [];

    public IReadOnlyList<RuleHit> Hits => hits;

    public RuleHit Of(CompiledRule rule, CompiledException? exceptedBy = null)
    {
        foreach (var hit in hits)
        {
            if (ReferenceEquals(hit.Rule, rule) && ReferenceEquals(hit.ExceptedBy, exceptedBy))
            {
                return hit;
            }
        }

        var added = new RuleHit(rule, exceptedBy);
        hits.Add(added);
        return added;
    }
}
