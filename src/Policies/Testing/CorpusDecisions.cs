using EdgeFilter.Policies.Decisions;
using EdgeFilter.Policies.Filtering;
using EdgeFilter.Policies.Selection;

namespace EdgeFilter.Policies.Testing;

/// <summary>What one set of policies does with texts. Safe for concurrent use.</summary>
public sealed class CorpusDecisions(PolicySelector selector)
{
    private readonly HmacValueHasher hasher = HmacValueHasher.Ephemeral();

    /// <summary>Decides on a text as it would be on its way.</summary>
    public CorpusDecision Decide(CorpusText text)
    {
        var plan = selector.For(text.Context).PlanFor(text.Direction, text.Role);
        var outcome = FilterOutcome.OfWhole(plan, text.Text, SegmentFacts.None, hasher, selector.Set.Clock);
        return new CorpusDecision(
            outcome.Action,
            [.. outcome.Hits.Select(h => $"{h.Rule}={Words.Of(h.Action)}").Order(StringComparer.Ordinal)]);
    }

    /// <summary>Compares two sets of policies over a corpus.</summary>
    public static IEnumerable<CorpusDifference> Compare(CorpusDecisions before, CorpusDecisions after, IEnumerable<CorpusText> corpus)
    {
        foreach (var text in corpus)
        {
            var (old, changed) = (before.Decide(text), after.Decide(text));
            if (old.Action != changed.Action || !old.Rules.SequenceEqual(changed.Rules))
            {
                yield return new CorpusDifference(text.Id, old, changed);
            }
        }
    }
}

/// <param name="Action">The strictest action.</param>
/// <param name="Rules">The rules that matched with what they did, as <c>policy/rule=action</c>, ordered.</param>
public sealed record CorpusDecision(PolicyAction Action, IReadOnlyList<string> Rules);

/// <param name="Id">The text's id.</param>
/// <param name="Before">What the old policies do with it.</param>
/// <param name="After">What the new ones do.</param>
public sealed record CorpusDifference(string Id, CorpusDecision Before, CorpusDecision After);
