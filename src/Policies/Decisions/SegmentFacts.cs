namespace EdgeFilter.Policies.Decisions;

/// <summary>What is known of a segment beside its text.</summary>
public sealed record SegmentFacts
{
    public static SegmentFacts None { get; } = new();

    /// <summary>The tool that the segment's arguments or result belong to.</summary>
    public string Tool { get; init; } = "";
}
