using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.Streaming;

namespace EdgeFilter.Proxy.WireProtocols.Configured;

/// <summary>
/// Streams of an API that configuration describes: the strings at one path, event after event, are one text. It ends with the stream,
/// or with the marker <c>[DONE]</c>.
/// </summary>
internal static class ConfiguredStream
{
    /// <param name="outputs">As tables spell paths: <c>choices[].text</c>. Below a <c>**</c> each string is a text of its own.</param>
    public static StreamDescription Describe(string id, StreamFraming framing, IReadOnlyList<string> outputs) => new()
    {
        Id = id,
        Framing = framing,
        Fields = FieldMap.Parse(string.Join('\n', outputs.Select(path => $"{path} text assistant"))),
        Channels = [.. outputs.Where(path => !path.Contains('*', StringComparison.Ordinal)).Select(path => new ChannelRule(path, path, SegmentRole.Assistant))],
        Closes = [],
        DoneMarker = framing == StreamFraming.Sse ? "[DONE]" : null,
        MayEndAnywhere = true,
        EndsTexts = true,
        Ending = new ConfiguredEnding(),
    };

    /// <summary>True for an answer of this media type.</summary>
    public static bool IsIn(StreamFraming framing, string? mediaType) => mediaType?.ToLowerInvariant() switch
    {
        "text/event-stream" => framing == StreamFraming.Sse,
        "application/x-ndjson" or "application/jsonl" or "application/x-jsonlines" or "application/stream+json" => framing == StreamFraming.Ndjson,
        "application/json" => framing == StreamFraming.JsonArray,
        _ => false,
    };
}
