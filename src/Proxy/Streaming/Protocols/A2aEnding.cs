using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>A2A: a block, like a failure, is a JSON-RPC error under the id of the request that is being answered.</summary>
internal sealed class A2aEnding : IStreamEnding
{
    public void WriteBlock(StreamState state, string? notice, IFrameWriter writer, IBufferWriter<byte> output) =>
        WriteError(state, -32010, notice ?? "Blocked by policy.", writer, output);

    public void WriteError(StreamState state, StreamProblem problem, IFrameWriter writer, IBufferWriter<byte> output) =>
        WriteError(state, -32603, $"{problem.Message} ({problem.Code})", writer, output);

    public void WriteText(StreamState state, StreamChannel channel, string text, IFrameWriter writer, IBufferWriter<byte> output) =>
        throw new InvalidOperationException("Every text of an artifact has an event that can carry more of it.");

    private static void WriteError(StreamState state, int code, string message, IFrameWriter writer, IBufferWriter<byte> output) => new EventText()
        .Raw("{\"jsonrpc\":\"2.0\",\"id\":"u8).Raw(state.Value("id", "null"u8)).Raw(",\"error\":{\"code\":"u8).Number(code)
        .Raw(",\"message\":"u8).Text(message).Raw("}}"u8)
        .WriteTo([], writer, output);
}
