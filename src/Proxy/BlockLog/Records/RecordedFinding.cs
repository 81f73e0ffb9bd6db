using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Where something was found, by whom and how surely.</summary>
internal sealed record RecordedFinding
{
    /// <summary>Detector id: <c>es-nif</c>.</summary>
    public required string Detector { get; init => field = SafeText.Line(value, 64); }

    public required string Entity { get; init => field = SafeText.Line(value, 64); }

    /// <summary>Start in the segment, in UTF-16 code units.</summary>
    public required int Start { get; init; }

    /// <summary>Length in UTF-16 code units.</summary>
    public required int Length { get; init; }

    /// <summary>0 to 1.</summary>
    public required float Confidence { get; init; }

    /// <summary>Where the segment stands in the body: <c>messages[2].content</c>. Keys that a client chose are not in it.</summary>
    public string Path { get; init => field = SafeText.Line(value, 160); } = "";

    public SegmentRole Role { get; init; }

    /// <summary>The rule that acted on it, if one did.</summary>
    public string Rule { get; init => field = SafeText.Line(value, 128); } = "";
}
