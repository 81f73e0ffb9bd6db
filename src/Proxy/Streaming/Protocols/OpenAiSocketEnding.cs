using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// OpenAI's sockets report everything in an error event; the session goes on. Which response a block ends is known to the relay,
/// which says that as well.
/// </summary>
internal sealed class OpenAiSocketEnding : IStreamEnding
{
    public void WriteBlock(StreamState state, string? notice, IFrameWriter writer, IBufferWriter<byte> output) =>
        WriteError("invalid_request_error", "content_filter", notice ?? "Blocked by policy.", writer, output);

    public void WriteError(StreamState state, StreamProblem problem, IFrameWriter writer, IBufferWriter<byte> output) =>
        WriteError("server_error", problem.Code, problem.Message, writer, output);

    public void WriteText(StreamState state, StreamChannel channel, string text, IFrameWriter writer, IBufferWriter<byte> output) =>
        throw new InvalidOperationException("Every text of a socket has an event that can carry more of it.");

    private static void WriteError(string type, string code, string message, IFrameWriter writer, IBufferWriter<byte> output) => new EventText()
        .Raw("{\"type\":\"error\",\"event_id\":\"event_edgefilter\",\"error\":{\"type\":"u8).Text(type).Raw(",\"code\":"u8).Text(code)
        .Raw(",\"message\":"u8).Text(message).Raw(",\"param\":null,\"event_id\":null}}"u8)
        .WriteTo([], writer, output);
}
