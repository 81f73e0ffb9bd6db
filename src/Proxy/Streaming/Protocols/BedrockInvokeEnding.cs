using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// Vendors at Bedrock have no common word for filtered output; Bedrock's own is an exception in the stream, which every AWS SDK
/// raises and none retries.
/// </summary>
internal sealed class BedrockInvokeEnding : IStreamEnding
{
    public void WriteBlock(StreamState state, string? notice, IFrameWriter writer, IBufferWriter<byte> output) =>
        WriteException("!validationException"u8, notice ?? "Blocked by policy.", writer, output);

    public void WriteError(StreamState state, StreamProblem problem, IFrameWriter writer, IBufferWriter<byte> output) =>
        WriteException("!modelStreamErrorException"u8, $"{problem.Message} ({problem.Code})", writer, output);

    public void WriteText(StreamState state, StreamChannel channel, string text, IFrameWriter writer, IBufferWriter<byte> output)
    {
        var json = new EventText();
        switch (channel.Field)
        {
            case "generation" or "outputText":
                json.Raw("{"u8).Text(channel.Field).Raw(":"u8).Text(text).Raw("}"u8);
                break;
            case "text":
                json.Raw("{\"is_finished\":false,\"event_type\":\"text-generation\",\"text\":"u8).Text(text).Raw("}"u8);
                break;
            case "outputs":
                json.Raw("{\"outputs\":[{\"text\":"u8).Text(text).Raw(",\"stop_reason\":null}]}"u8);
                break;
            case "choice":
                json.Raw("{\"choices\":[{\"index\":"u8).Number(channel.Lane).Raw(",\"text\":"u8).Text(text).Raw("}]}"u8);
                break;
            case "message":
                json.Raw("{\"choices\":[{\"index\":"u8).Number(channel.Lane).Raw(",\"message\":{\"role\":\"assistant\",\"content\":"u8).Text(text).Raw("}}]}"u8);
                break;
            default:
                json.Raw("{\"choices\":[{\"index\":"u8).Number(channel.Lane).Raw(",\"delta\":{"u8).Text(channel.Field).Raw(":"u8).Text(text).Raw("}}]}"u8);
                break;
        }

        json.WriteTo([], writer, output);
    }

    private static void WriteException(ReadOnlySpan<byte> type, string message, IFrameWriter writer, IBufferWriter<byte> output) =>
        new EventText().Raw("{\"message\":"u8).Text(message).Raw("}"u8).WriteTo(type, writer, output);
}
