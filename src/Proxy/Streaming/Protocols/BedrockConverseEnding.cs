using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Bedrock: a block closes the open blocks and stops with <c>guardrail_intervened</c>, as its own guardrails do.</summary>
internal sealed class BedrockConverseEnding : IStreamEnding
{
    public void WriteBlock(StreamState state, string? notice, IFrameWriter writer, IBufferWriter<byte> output)
    {
        if (!state.HasBegun)
        {
            writer.Write("messageStart"u8, "{\"role\":\"assistant\"}"u8, output);
        }

        foreach (var lane in state.OpenLanes)
        {
            WriteStop(lane, writer, output);
        }

        if (notice is not null)
        {
            WriteDelta(state.LastLane + 1, "text", notice, writer, output);
            WriteStop(state.LastLane + 1, writer, output);
        }

        writer.Write("messageStop"u8, "{\"stopReason\":\"guardrail_intervened\"}"u8, output);
        writer.Write(
            "metadata"u8,
            "{\"usage\":{\"inputTokens\":0,\"outputTokens\":0,\"totalTokens\":0},\"metrics\":{\"latencyMs\":0}}"u8,
            output);
    }

    public void WriteError(StreamState state, StreamProblem problem, IFrameWriter writer, IBufferWriter<byte> output) => new EventText()
        .Raw("{\"message\":"u8).Text($"{problem.Message} ({problem.Code})").Raw("}"u8)
        .WriteTo("!modelStreamErrorException"u8, writer, output);

    public void WriteText(StreamState state, StreamChannel channel, string text, IFrameWriter writer, IBufferWriter<byte> output) =>
        WriteDelta(channel.Lane, "text", text, writer, output);

    private static void WriteDelta(int lane, string member, string text, IFrameWriter writer, IBufferWriter<byte> output) => new EventText()
        .Raw("{\"contentBlockIndex\":"u8).Number(lane).Raw(",\"delta\":{"u8).Text(member).Raw(":"u8).Text(text).Raw("}}"u8)
        .WriteTo("contentBlockDelta"u8, writer, output);

    private static void WriteStop(int lane, IFrameWriter writer, IBufferWriter<byte> output) =>
        new EventText().Raw("{\"contentBlockIndex\":"u8).Number(lane).Raw("}"u8).WriteTo("contentBlockStop"u8, writer, output);
}
