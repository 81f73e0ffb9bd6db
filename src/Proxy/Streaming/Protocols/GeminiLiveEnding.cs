using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Gemini Live reports filtered output as the reason why a turn is complete. It has no message for failures: the session closes.</summary>
internal sealed class GeminiLiveEnding : IStreamEnding
{
    public void WriteBlock(StreamState state, string? notice, IFrameWriter writer, IBufferWriter<byte> output) =>
        WriteTurn(notice ?? "Blocked by policy.", writer, output);

    public void WriteError(StreamState state, StreamProblem problem, IFrameWriter writer, IBufferWriter<byte> output) =>
        WriteTurn($"{problem.Message} ({problem.Code})", writer, output);

    public void WriteText(StreamState state, StreamChannel channel, string text, IFrameWriter writer, IBufferWriter<byte> output)
    {
        var content = new EventText().Raw("{\"serverContent\":{"u8);
        _ = channel.Field switch
        {
            "heard" => content.Raw("\"inputTranscription\":{\"text\":"u8).Text(text).Raw("}"u8),
            "spoken" => content.Raw("\"outputTranscription\":{\"text\":"u8).Text(text).Raw("}"u8),
            "thought" => content.Raw("\"modelTurn\":{\"role\":\"model\",\"parts\":[{\"thought\":true,\"text\":"u8).Text(text).Raw("}]}"u8),
            _ => content.Raw("\"modelTurn\":{\"role\":\"model\",\"parts\":[{\"text\":"u8).Text(text).Raw("}]}"u8),
        };
        content.Raw("}}"u8).WriteTo([], writer, output);
    }

    private static void WriteTurn(string text, IFrameWriter writer, IBufferWriter<byte> output) => new EventText()
        .Raw("{\"serverContent\":{\"modelTurn\":{\"role\":\"model\",\"parts\":[{\"text\":"u8).Text(text)
        .Raw("}]},\"turnComplete\":true,\"turnCompleteReason\":\"RESPONSE_REJECTED\"}}"u8)
        .WriteTo([], writer, output);
}
