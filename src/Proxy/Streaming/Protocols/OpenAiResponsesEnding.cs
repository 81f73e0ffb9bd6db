using System.Buffers;
using System.Globalization;
using System.Text;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// Responses: a block is the last event <c>response.incomplete</c> with reason <c>content_filter</c>, the API's own words for
/// filtered output.
/// </summary>
internal sealed class OpenAiResponsesEnding : IStreamEnding
{
    public void WriteBlock(StreamState state, string? notice, IFrameWriter writer, IBufferWriter<byte> output)
    {
        var text = new EventText()
            .Raw("{\"type\":\"response.incomplete\",\"sequence_number\":"u8).Number(NextNumber(state))
            .Raw(",\"response\":{\"id\":"u8).Raw(state.Value("response.id", "\"resp_blocked\""u8))
            .Raw(",\"object\":\"response\",\"created_at\":"u8).Raw(state.Value("response.created_at", "0"u8))
            .Raw(",\"status\":\"incomplete\",\"error\":null,\"incomplete_details\":{\"reason\":\"content_filter\"},\"model\":"u8)
            .Raw(state.Value("response.model", "\"\""u8)).Raw(",\"output\":["u8);
        if (notice is not null)
        {
            text.Raw("{\"id\":\"msg_blocked\",\"type\":\"message\",\"status\":\"incomplete\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":"u8)
                .Text(notice).Raw(",\"annotations\":[],\"logprobs\":[]}]}"u8);
        }

        text.Raw("],\"parallel_tool_calls\":true,\"tool_choice\":\"auto\",\"tools\":[],\"instructions\":null,\"metadata\":{},\"temperature\":null,\"top_p\":null,\"usage\":null}}"u8)
            .WriteTo("response.incomplete"u8, writer, output);
    }

    public void WriteError(StreamState state, StreamProblem problem, IFrameWriter writer, IBufferWriter<byte> output) => new EventText()
        .Raw("{\"type\":\"error\",\"code\":"u8).Text(problem.Code).Raw(",\"message\":"u8).Text(problem.Message)
        .Raw(",\"param\":null,\"sequence_number\":"u8).Number(NextNumber(state)).Raw("}"u8)
        .WriteTo("error"u8, writer, output);

    public void WriteText(StreamState state, StreamChannel channel, string text, IFrameWriter writer, IBufferWriter<byte> output) => new EventText()
        .Raw("{\"type\":\"response.output_text.delta\",\"sequence_number\":"u8).Number(NextNumber(state))
        .Raw(",\"output_index\":"u8).Number(channel.Lane).Raw(",\"content_index\":"u8).Number(channel.Part)
        .Raw(",\"delta\":"u8).Text(text).Raw(",\"logprobs\":[]}"u8)
        .WriteTo("response.output_text.delta"u8, writer, output);

    private static int NextNumber(StreamState state) =>
        int.TryParse(Encoding.ASCII.GetString(state.Value("sequence_number", "-1"u8)), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var last)
        && last < int.MaxValue
            ? last + 1
            : 0;
}
