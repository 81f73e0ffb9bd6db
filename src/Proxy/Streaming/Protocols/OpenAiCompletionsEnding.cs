using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Legacy Completions: a block is <c>finish_reason: "content_filter"</c> in every open choice and <c>[DONE]</c>.</summary>
internal sealed class OpenAiCompletionsEnding : IStreamEnding
{
    public void WriteBlock(StreamState state, string? notice, IFrameWriter writer, IBufferWriter<byte> output)
    {
        if (IsLlamaCpp(state))
        {
            // It has no word for filtered output but an error, which its clients raise.
            new EventText().Raw("{\"error\":{\"code\":400,\"message\":"u8).Text(notice ?? "Blocked by policy.").Raw(",\"type\":\"invalid_request_error\"}}"u8)
                .WriteTo([], writer, output);
            return;
        }

        int[] lanes = state.OpenLaneCount > 0 ? [.. state.OpenLanes] : state.LastLane < 0 ? [0] : [];
        foreach (var lane in lanes)
        {
            WriteChunk(state, lane, notice ?? "", "\"content_filter\""u8, writer, output);
        }

        writer.Write([], "[DONE]"u8, output);
    }

    public void WriteError(StreamState state, StreamProblem problem, IFrameWriter writer, IBufferWriter<byte> output) => new EventText()
        .Raw("{\"error\":{\"message\":"u8).Text(problem.Message)
        .Raw(",\"type\":\"server_error\",\"param\":null,\"code\":"u8).Text(problem.Code).Raw("}}"u8)
        .WriteTo([], writer, output);

    public void WriteText(StreamState state, StreamChannel channel, string text, IFrameWriter writer, IBufferWriter<byte> output)
    {
        if (channel.Field == "content")
        {
            new EventText().Raw("{\"content\":"u8).Text(text).Raw(",\"stop\":false}"u8).WriteTo([], writer, output);
        }
        else
        {
            WriteChunk(state, channel.Lane, text, "null"u8, writer, output);
        }
    }

    // Every event of its own completions says whether it is the last.
    private static bool IsLlamaCpp(StreamState state) => !state.Value("stop", default).IsEmpty;

    private static void WriteChunk(
        StreamState state, int lane, string text, ReadOnlySpan<byte> finishReason, IFrameWriter writer, IBufferWriter<byte> output) =>
        new EventText()
            .Raw("{\"id\":"u8).Raw(state.Value("id", "\"cmpl-blocked\""u8))
            .Raw(",\"object\":\"text_completion\",\"created\":"u8).Raw(state.Value("created", "0"u8))
            .Raw(",\"model\":"u8).Raw(state.Value("model", "\"\""u8))
            .Raw(",\"choices\":[{\"text\":"u8).Text(text).Raw(",\"index\":"u8).Number(lane)
            .Raw(",\"logprobs\":null,\"finish_reason\":"u8).Raw(finishReason).Raw("}]}"u8)
            .WriteTo([], writer, output);
}
