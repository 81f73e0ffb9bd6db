using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Decisions;
using EdgeFilter.Policies.Filtering;

namespace EdgeFilter.Policies.Testing;

/// <summary>What became of a text: by which rules, and what a reader sees of it.</summary>
internal sealed class FilterOutcome
{
    private FilterOutcome(TextFilter filter, string text)
    {
        Text = text;
        Action = filter.Action;
        BlockedBy = filter.BlockedBy;
        Hits = [.. filter.Hits];
    }

    private FilterOutcome(IReadOnlyList<RuleHit> hits)
    {
        Text = "";
        Hits = hits;
        Action = hits.Count == 0 ? PolicyAction.Allow : hits.Max(h => h.Action);
        BlockedBy = hits.FirstOrDefault(h => h.Action == PolicyAction.Block)?.Rule;
    }

    /// <summary>What a reader sees; for a blocked stream, what was released before.</summary>
    public string Text { get; }

    public PolicyAction Action { get; }

    public CompiledRule? BlockedBy { get; }

    public IReadOnlyList<RuleHit> Hits { get; }

    /// <summary>A part without text, by the rules that apply to it.</summary>
    public static FilterOutcome OfPart(IReadOnlyList<RuleHit> hits) => new(hits);

    /// <summary>The text at once. Nothing of a blocked text is seen.</summary>
    public static FilterOutcome OfWhole(SegmentPlan plan, string text, SegmentFacts facts, IValueHasher hasher, TimeProvider clock)
    {
        using var filter = new TextFilter(plan, hasher, facts, clock);
        var edits = filter.FilterWhole(text);
        if (filter.BlockedBy is not null)
        {
            return new FilterOutcome(filter, "");
        }

        return new FilterOutcome(filter, TextEdits.Make(text, edits));
    }

    /// <summary>The text in pieces of the given lengths, repeated to its end.</summary>
    public static FilterOutcome OfPieces(
        SegmentPlan plan, string text, IReadOnlyList<int> lengths, SegmentFacts facts, IValueHasher hasher, TimeProvider clock)
    {
        using var filter = new TextFilter(plan, hasher, facts, clock);
        var seen = new System.Text.StringBuilder(text.Length);
        for (int at = 0, piece = 0; at < text.Length; piece++)
        {
            var length = Math.Min(lengths[piece % lengths.Count], text.Length - at);
            var released = filter.Push(text.AsSpan(at, length));
            seen.Append(released.Released);
            if (released.IsBlocked)
            {
                return new FilterOutcome(filter, seen.ToString());
            }

            at += length;
        }

        seen.Append(filter.Complete().Released);
        return new FilterOutcome(filter, seen.ToString());
    }
}
