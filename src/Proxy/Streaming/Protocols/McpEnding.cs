using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>MCP: a block is a tool result that says so, for the request that the blocked message answers; the model can go on.</summary>
internal sealed class McpEnding : IStreamEnding
{
    public void WriteBlock(StreamState state, string? notice, IFrameWriter writer, IBufferWriter<byte> output) => new EventText()
        .Raw("{\"jsonrpc\":\"2.0\",\"id\":"u8).Raw(state.Value("id", "null"u8))
        .Raw(",\"result\":{\"resultType\":\"complete\",\"content\":[{\"type\":\"text\",\"text\":"u8).Text(notice ?? "Blocked by policy.")
        .Raw("}],\"isError\":true}}"u8)
        .WriteTo("message"u8, writer, output);

    public void WriteError(StreamState state, StreamProblem problem, IFrameWriter writer, IBufferWriter<byte> output) => new EventText()
        .Raw("{\"jsonrpc\":\"2.0\",\"id\":"u8).Raw(state.Value("id", "null"u8))
        .Raw(",\"error\":{\"code\":-32010,\"message\":"u8).Text($"{problem.Message} ({problem.Code})").Raw("}}"u8)
        .WriteTo("message"u8, writer, output);

    public void WriteText(StreamState state, StreamChannel channel, string text, IFrameWriter writer, IBufferWriter<byte> output) =>
        throw new InvalidOperationException("MCP streams have no texts in pieces.");
}
