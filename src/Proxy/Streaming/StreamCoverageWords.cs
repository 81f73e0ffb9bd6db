using EdgeFilter.Policies;
using EdgeFilter.Policies.Decisions;

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

    /// <summary>What is set, as the parts that policies speak of.</summary>
    public static IEnumerable<UninspectedPart> PartsOf(StreamCoverage coverage)
    {
        foreach (var flag in Words.Select(w => w.Flag).Where(f => coverage.HasFlag(f)))
        {
            switch (flag)
            {
                case StreamCoverage.UnknownEvents:
                    yield return new UninspectedPart(CoverageKind.UnknownType);
                    break;
                case StreamCoverage.UnknownFields:
                    yield return new UninspectedPart(CoverageKind.UnknownField);
                    break;
                case StreamCoverage.Media:
                    yield return new UninspectedPart(CoverageKind.File) { IsAnyMedia = true };
                    break;
                case StreamCoverage.TokenIds:
                    yield return new UninspectedPart(CoverageKind.TokenIds);
                    break;
                case StreamCoverage.UnreadableEvents:
                    yield return new UninspectedPart(CoverageKind.UnreadJson);
                    break;
                default:
                    break;
            }
        }
    }
}
