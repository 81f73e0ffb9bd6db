using EdgeFilter.Policies.Compilation;

namespace EdgeFilter.Policies.Decisions;

/// <summary>The rules that applied to one text, one entry for each rule and exception, in the order in which they first applied.</summary>
internal sealed class HitList
{
    // A handful is the rule; beyond, a search through the list would grow with the square of the hits.
    private const int Few = 8;

    private readonly List<RuleHit> hits = [];
    private Dictionary<(CompiledRule Rule, CompiledException? ExceptedBy), RuleHit>? index;

    public IReadOnlyList<RuleHit> Hits => hits;

    public RuleHit Of(CompiledRule rule, CompiledException? exceptedBy = null)
    {
        if (Find(rule, exceptedBy) is { } known)
        {
            return known;
        }

        var added = new RuleHit(rule, exceptedBy);
        hits.Add(added);
        index?.Add((rule, exceptedBy), added);
        return added;
    }

    private RuleHit? Find(CompiledRule rule, CompiledException? exceptedBy)
    {
        if (hits.Count > Few)
        {
            index ??= hits.ToDictionary(h => (h.Rule, h.ExceptedBy));
            return index.GetValueOrDefault((rule, exceptedBy));
        }

        foreach (var hit in hits)
        {
            if (ReferenceEquals(hit.Rule, rule) && ReferenceEquals(hit.ExceptedBy, exceptedBy))
            {
                return hit;
            }
        }

        return null;
    }
}
