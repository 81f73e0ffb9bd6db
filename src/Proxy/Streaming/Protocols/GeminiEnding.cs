using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Gemini: a block is a finish reason of its safety family, <c>PROHIBITED_CONTENT</c>, for every open candidate.</summary>
internal sealed class GeminiEnding : IStreamEnding
{
    public void WriteBlock(StreamState state, string? notice, IFrameWriter writer, IBufferWriter<byte> output)
    {
        int[] lanes = state.OpenLaneCount > 0 ? [.. state.OpenLanes] : state.LastLane < 0 ? [0] : [];
        foreach (var lane in lanes)
        {
            var text = new EventText().Raw("{\"candidates\":[{\"index\":"u8).Number(lane);
            if (notice is not null)
            {
                text.Raw(",\"content\":{\"role\":\"model\",\"parts\":[{\"text\":"u8).Text(notice).Raw("}]}"u8);
            }

            text.Raw(",\"finishReason\":\"PROHIBITED_CONTENT\"}]"u8);
            WriteTail(state, text, writer, output);
        }
    }

    public void WriteError(StreamState state, StreamProblem problem, IFrameWriter writer, IBufferWriter<byte> output) => new EventText()
        .Raw("{\"error\":{\"code\":502,\"message\":"u8).Text($"{problem.Message} ({problem.Code})").Raw(",\"status\":\"INTERNAL\"}}"u8)
        .WriteTo([], writer, output);

    public void WriteText(StreamState state, StreamChannel channel, string text, IFrameWriter writer, IBufferWriter<byte> output)
    {
        var json = new EventText()
            .Raw("{\"candidates\":[{\"index\":"u8).Number(channel.Lane).Raw(",\"content\":{\"role\":\"model\",\"parts\":[{\"text\":"u8).Text(text)
            .Raw(channel.Field == "thought" ? ",\"thought\":true}]}}]"u8 : "}]}}]"u8);
        WriteTail(state, json, writer, output);
    }

    private static void WriteTail(StreamState state, EventText text, IFrameWriter writer, IBufferWriter<byte> output)
    {
        if (state.Value("modelVersion", default) is { IsEmpty: false } version)
        {
            text.Raw(",\"modelVersion\":"u8).Raw(version);
        }

        if (state.Value("responseId", default) is { IsEmpty: false } id)
        {
            text.Raw(",\"responseId\":"u8).Raw(id);
        }

        text.Raw("}"u8).WriteTo([], writer, output);
    }
}
