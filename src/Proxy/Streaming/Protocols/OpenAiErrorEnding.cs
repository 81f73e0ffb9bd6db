using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>For OpenAI's streams that have no word for filtered output: an error, which its clients raise.</summary>
internal sealed class OpenAiErrorEnding : IStreamEnding
{
    public void WriteBlock(StreamState state, string? notice, IFrameWriter writer, IBufferWriter<byte> output) =>
        WriteError("invalid_request_error", "content_filter", notice ?? "Blocked by policy.", writer, output);

    public void WriteError(StreamState state, StreamProblem problem, IFrameWriter writer, IBufferWriter<byte> output) =>
        WriteError("server_error", problem.Code, problem.Message, writer, output);

    public void WriteText(StreamState state, StreamChannel channel, string text, IFrameWriter writer, IBufferWriter<byte> output) => new EventText()
        .Raw("{\"type\":\"transcript.text.delta\",\"delta\":"u8).Text(text).Raw("}"u8)
        .WriteTo("transcript.text.delta"u8, writer, output);

    private static void WriteError(string type, string code, string message, IFrameWriter writer, IBufferWriter<byte> output) => new EventText()
        .Raw("{\"type\":\"error\",\"error\":{\"message\":"u8).Text(message).Raw(",\"type\":"u8).Text(type)
        .Raw(",\"param\":null,\"code\":"u8).Text(code).Raw("}}"u8)
        .WriteTo("error"u8, writer, output);
}
