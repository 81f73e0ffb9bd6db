using EdgeFilter.Detection;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Filtering;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>
/// A match in text that may not be edited (ids, names, signed reasoning) can only be let pass or stopped. It is stopped when it is
/// certain: an id that happens to look like a telephone number must not break every conversation.
/// </summary>
internal static class UneditableBlock
{
    /// <returns>The rule whose certain match overlaps the span; null when none is certain.</returns>
    public static CompiledRule? RuleFor(TextSpan span, TextFilter filter)
    {
        foreach (var hit in filter.Hits)
        {
            if (hit.Action is <= PolicyAction.Log or >= PolicyAction.Reroute)
            {
                continue;
            }

            foreach (var finding in hit.Findings)
            {
                if (finding.Confidence >= Confidence.CertainFrom && finding.Span.Overlaps(span))
                {
                    return hit.Rule;
                }
            }
        }

        return null;
    }

    /// <returns>The first rule with a certain match anywhere; null when none is certain.</returns>
    public static CompiledRule? RuleFor(TextFilter filter) => RuleFor(new TextSpan(0, int.MaxValue), filter);
}
