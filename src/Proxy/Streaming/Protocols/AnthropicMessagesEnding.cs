using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// Anthropic Messages: a block closes the open block and ends the message with <c>stop_reason: "refusal"</c>. The usage is part of
/// it: official clients fail on a message delta without one.
/// </summary>
internal sealed class AnthropicMessagesEnding : IStreamEnding
{
    public void WriteBlock(StreamState state, string? notice, IFrameWriter writer, IBufferWriter<byte> output)
    {
        if (!state.HasBegun)
        {
            writer.Write(
                "message_start"u8,
                """{"type":"message_start","message":{"id":"msg_blocked","type":"message","role":"assistant","model":"","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":0,"output_tokens":0}}}"""u8,
                output);
        }

        var lanes = state.OpenLanes.ToArray();
        var textLane = Array.Find(lanes, lane => state.LaneKind(lane) == "text");
        var isTextOpen = lanes.Contains(textLane) && state.LaneKind(textLane) == "text";
        if (notice is not null && isTextOpen)
        {
            WriteDelta(textLane, "text_delta"u8, "text"u8, notice, writer, output);
        }

        foreach (var lane in lanes)
        {
            WriteStop(lane, writer, output);
        }

        if (notice is not null && !isTextOpen)
        {
            WriteTextBlock(state.LastLane + 1, notice, writer, output);
        }

        new EventText()
            .Raw("""{"type":"message_delta","delta":{"stop_reason":"refusal","stop_sequence":null,"stop_details":{"type":"refusal","category":null,"explanation":"""u8)
            .Text(notice).Raw("}},\"usage\":{\"output_tokens\":"u8)
            .Raw(state.Value("usage.output_tokens", state.Value("message.usage.output_tokens", "0"u8))).Raw("}}"u8)
            .WriteTo("message_delta"u8, writer, output);
        writer.Write("message_stop"u8, "{\"type\":\"message_stop\"}"u8, output);
    }

    public void WriteError(StreamState state, StreamProblem problem, IFrameWriter writer, IBufferWriter<byte> output) => new EventText()
        .Raw("{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":"u8).Text($"{problem.Message} ({problem.Code})").Raw("}}"u8)
        .WriteTo("error"u8, writer, output);

    public void WriteText(StreamState state, StreamChannel channel, string text, IFrameWriter writer, IBufferWriter<byte> output)
    {
        if (channel.Field == "thinking")
        {
            WriteDelta(channel.Lane, "thinking_delta"u8, "thinking"u8, text, writer, output);
        }
        else
        {
            WriteDelta(channel.Lane, "text_delta"u8, "text"u8, text, writer, output);
        }
    }

    private static void WriteTextBlock(int lane, string text, IFrameWriter writer, IBufferWriter<byte> output)
    {
        new EventText().Raw("{\"type\":\"content_block_start\",\"index\":"u8).Number(lane)
            .Raw(",\"content_block\":{\"type\":\"text\",\"text\":\"\"}}"u8).WriteTo("content_block_start"u8, writer, output);
        WriteDelta(lane, "text_delta"u8, "text"u8, text, writer, output);
        WriteStop(lane, writer, output);
    }

    private static void WriteDelta(
        int lane, ReadOnlySpan<byte> type, ReadOnlySpan<byte> member, string text, IFrameWriter writer, IBufferWriter<byte> output) =>
        new EventText().Raw("{\"type\":\"content_block_delta\",\"index\":"u8).Number(lane)
            .Raw(",\"delta\":{\"type\":\""u8).Raw(type).Raw("\",\""u8).Raw(member).Raw("\":"u8).Text(text).Raw("}}"u8)
            .WriteTo("content_block_delta"u8, writer, output);

    private static void WriteStop(int lane, IFrameWriter writer, IBufferWriter<byte> output) =>
        new EventText().Raw("{\"type\":\"content_block_stop\",\"index\":"u8).Number(lane).Raw("}"u8)
            .WriteTo("content_block_stop"u8, writer, output);
}
