namespace EdgeFilter.Proxy.Streaming;

/// <summary>How records name what of a stream was not inspected as described.</summary>
internal static class StreamCoverageWords
{
    private static readonly (StreamCoverage Flag, string Word)[] Words =
    [
        (StreamCoverage.UnknownEvents, "unknown-type"),
        (StreamCoverage.UnknownFields, "unknown-field"),
        (StreamCoverage.Media, "media"),
        (StreamCoverage.TokenIds, "token-ids"),
        (StreamCoverage.UnreadableEvents, "unread-json"),
        (StreamCoverage.DroppedTail, "dropped-tail"),
    ];

    /// <summary>The words for what is set.</summary>
    public static IEnumerable<string> Of(StreamCoverage coverage) => Words.Where(w => coverage.HasFlag(w.Flag)).Select(w => w.Word);
}
