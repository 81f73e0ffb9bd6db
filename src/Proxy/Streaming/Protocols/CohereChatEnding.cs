using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Cohere: a block, like a failure, ends the message with <c>finish_reason: "ERROR"</c> and says why.</summary>
internal sealed class CohereChatEnding : IStreamEnding
{
    public void WriteBlock(StreamState state, string? notice, IFrameWriter writer, IBufferWriter<byte> output) =>
        WriteEnd(notice ?? "blocked by policy", writer, output);

    public void WriteError(StreamState state, StreamProblem problem, IFrameWriter writer, IBufferWriter<byte> output) =>
        WriteEnd($"{problem.Message} ({problem.Code})", writer, output);

    public void WriteText(StreamState state, StreamChannel channel, string text, IFrameWriter writer, IBufferWriter<byte> output) => new EventText()
        .Raw("{\"type\":\"content-delta\",\"index\":"u8).Number(channel.Lane).Raw(",\"delta\":{\"message\":{\"content\":{\""u8)
        .Raw(channel.Field == "thinking" ? "thinking"u8 : "text"u8).Raw("\":"u8).Text(text).Raw("}}}}"u8)
        .WriteTo("content-delta"u8, writer, output);

    private static void WriteEnd(string why, IFrameWriter writer, IBufferWriter<byte> output) => new EventText()
        .Raw("{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"ERROR\",\"error\":"u8).Text(why)
        .Raw(",\"usage\":{\"tokens\":{\"input_tokens\":0,\"output_tokens\":0}}}}"u8)
        .WriteTo("message-end"u8, writer, output);
}
