using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// Chat Completions: a block is <c>finish_reason: "content_filter"</c> in every open choice and <c>[DONE]</c>, which every official
/// client reads; an error event as the only sign of it would pass unseen in some.
/// </summary>
internal sealed class OpenAiChatEnding : IStreamEnding
{
    public void WriteBlock(StreamState state, string? notice, IFrameWriter writer, IBufferWriter<byte> output)
    {
        // A client that was shown nothing yet waits for the first choice.
        int[] lanes = state.OpenLaneCount > 0 ? [.. state.OpenLanes] : state.LastLane < 0 ? [0] : [];
        foreach (var lane in lanes)
        {
            if (notice is not null)
            {
                WriteChunk(state, lane, new EventText().Raw("{\"content\":"u8).Text(notice).Raw("}"u8).Bytes, "null"u8, writer, output);
            }

            WriteChunk(state, lane, "{}"u8, "\"content_filter\""u8, writer, output);
        }

        writer.Write([], "[DONE]"u8, output);
    }

    public void WriteError(StreamState state, StreamProblem problem, IFrameWriter writer, IBufferWriter<byte> output) => new EventText()
        .Raw("{\"error\":{\"message\":"u8).Text(problem.Message)
        .Raw(",\"type\":\"server_error\",\"param\":null,\"code\":"u8).Text(problem.Code).Raw("}}"u8)
        .WriteTo([], writer, output);

    public void WriteText(StreamState state, StreamChannel channel, string text, IFrameWriter writer, IBufferWriter<byte> output)
    {
        // Every text of this protocol is named as the member of the delta that carries it.
        var delta = new EventText().Raw("{"u8).Text(channel.Field).Raw(":"u8).Text(text).Raw("}"u8);
        WriteChunk(state, channel.Lane, delta.Bytes, "null"u8, writer, output);
    }

    private static void WriteChunk(
        StreamState state, int lane, ReadOnlySpan<byte> delta, ReadOnlySpan<byte> finishReason, IFrameWriter writer, IBufferWriter<byte> output)
    {
        var text = new EventText()
            .Raw("{\"id\":"u8).Raw(state.Value("id", "\"chatcmpl-blocked\""u8))
            .Raw(",\"object\":\"chat.completion.chunk\",\"created\":"u8).Raw(state.Value("created", "0"u8))
            .Raw(",\"model\":"u8).Raw(state.Value("model", "\"\""u8));
        if (state.Value("system_fingerprint", default) is { IsEmpty: false } fingerprint)
        {
            text.Raw(",\"system_fingerprint\":"u8).Raw(fingerprint);
        }

        text.Raw(",\"choices\":[{\"index\":"u8).Number(lane)
            .Raw(",\"delta\":"u8).Raw(delta)
            .Raw(",\"logprobs\":null,\"finish_reason\":"u8).Raw(finishReason).Raw("}]}"u8)
            .WriteTo([], writer, output);
    }
}
