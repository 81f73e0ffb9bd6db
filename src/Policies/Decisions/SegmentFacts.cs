namespace EdgeFilter.Policies.Decisions;

/// <summary>What is known of a segment beside its text.</summary>
public sealed record SegmentFacts
{
    public static SegmentFacts None { get; } = new();

    /// <summary>The tool that the segment's arguments or result belong to.</summary>
    public string Tool { get; init; } = "";

    /// <summary>What the exchange's system prompt says, for rules on its leaking; null when none asks or there was none.</summary>
    public SystemPhrases? SystemPhrases { get; init; }
}
