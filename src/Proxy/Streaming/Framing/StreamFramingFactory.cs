namespace EdgeFilter.Proxy.Streaming;

/// <summary>Makes the reader and the writer of a framing.</summary>
internal static class StreamFramingFactory
{
    public static IFrameReader CreateReader(this StreamFraming framing, int maxEventLength) => framing switch
    {
        StreamFraming.Sse or StreamFraming.SseCrLf => new SseReader(maxEventLength),
        StreamFraming.Ndjson => new NdjsonReader(maxEventLength),
        StreamFraming.JsonArray => new JsonArrayReader(maxEventLength),
        StreamFraming.EventStream => new EventStreamReader(maxEventLength),
        StreamFraming.BedrockChunks or StreamFraming.BedrockNamedChunks =>
            new BedrockChunkReader(new EventStreamReader(maxEventLength), framing == StreamFraming.BedrockNamedChunks),
        StreamFraming.Messages => new MessageReader(maxEventLength),
        _ => throw new ArgumentOutOfRangeException(nameof(framing)),
    };

    public static IFrameWriter CreateWriter(this StreamFraming framing) => framing switch
    {
        StreamFraming.Sse => new SseWriter(),
        StreamFraming.SseCrLf => new SseWriter("\r\n"),
        StreamFraming.Ndjson => new NdjsonWriter(),
        StreamFraming.JsonArray => new JsonArrayWriter(),
        StreamFraming.EventStream => new EventStreamWriter(),
        StreamFraming.BedrockChunks or StreamFraming.BedrockNamedChunks => new BedrockChunkWriter(framing == StreamFraming.BedrockNamedChunks),
        StreamFraming.Messages => new MessageWriter(),
        _ => throw new ArgumentOutOfRangeException(nameof(framing)),
    };
}
