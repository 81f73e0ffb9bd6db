using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Ollama knows no content-policy ending: a block is an error line, which its clients raise.</summary>
internal sealed class OllamaEnding : IStreamEnding
{
    public void WriteBlock(StreamState state, string? notice, IFrameWriter writer, IBufferWriter<byte> output) =>
        new EventText().Raw("{\"error\":"u8).Text(notice ?? "blocked by policy").Raw("}"u8).WriteTo([], writer, output);

    public void WriteError(StreamState state, StreamProblem problem, IFrameWriter writer, IBufferWriter<byte> output) =>
        new EventText().Raw("{\"error\":"u8).Text($"{problem.Message} ({problem.Code})").Raw("}"u8).WriteTo([], writer, output);

    public void WriteText(StreamState state, StreamChannel channel, string text, IFrameWriter writer, IBufferWriter<byte> output)
    {
        var line = new EventText()
            .Raw("{\"model\":"u8).Raw(state.Value("model", "\"\""u8)).Raw(",\"created_at\":"u8).Raw(state.Value("created_at", "\"\""u8));
        if (channel.Field == "response")
        {
            line.Raw(",\"response\":"u8).Text(text);
        }
        else
        {
            var isThinking = channel.Field == "thinking";
            line.Raw(",\"message\":{\"role\":\"assistant\",\"content\":"u8).Text(isThinking ? "" : text);
            if (isThinking)
            {
                line.Raw(",\"thinking\":"u8).Text(text);
            }

            line.Raw("}"u8);
        }

        line.Raw(",\"done\":false}"u8).WriteTo([], writer, output);
    }
}
