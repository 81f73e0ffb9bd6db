using System.Buffers;
using System.Globalization;
using System.Text;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// Responses: a block closes the open items as incomplete and ends with <c>response.incomplete</c>, reason <c>content_filter</c>,
/// the API's own words for filtered output. Official clients compare its items with those they were shown.
/// </summary>
/// <param name="asFailure">
/// Ends with <c>response.failed</c>, code <c>invalid_prompt</c>, instead: some agents take an incomplete response for a broken
/// connection and ask again.
/// </param>
internal sealed class OpenAiResponsesEnding(bool asFailure = false) : IStreamEnding
{
    private const string NoticeId = "\"msg_blocked\"";

    public void WriteBlock(StreamState state, string? notice, IFrameWriter writer, IBufferWriter<byte> output)
    {
        var number = NextNumber(state);
        var items = new List<byte[]>();
        foreach (var (lane, shown) in state.Shown)
        {
            items.Add(shown.Item ?? Close(lane, shown, ref number, writer, output));
        }

        if (notice is not null && !asFailure)
        {
            items.Add(WriteNotice(state.LastLane + 1, notice, ref number, writer, output));
        }

        var type = asFailure ? "response.failed" : "response.incomplete";
        var text = Event(type, ref number)
            .Raw(",\"response\":{\"id\":"u8).Raw(state.Value("response.id", "\"resp_blocked\""u8))
            .Raw(",\"object\":\"response\",\"created_at\":"u8).Raw(state.Value("response.created_at", "0"u8))
            .Raw(asFailure ? ",\"status\":\"failed\",\"error\":"u8 : ",\"status\":\"incomplete\",\"error\":null,\"incomplete_details\":{\"reason\":\"content_filter\"}"u8);
        if (asFailure)
        {
            text.Raw("{\"code\":\"invalid_prompt\",\"message\":"u8).Text(notice ?? "Blocked by policy.").Raw("},\"incomplete_details\":null"u8);
        }

        text.Raw(",\"model\":"u8).Raw(state.Value("response.model", "\"\""u8)).Raw(",\"output\":["u8);
        for (var i = 0; i < items.Count; i++)
        {
            text.Raw(i > 0 ? ","u8 : ""u8).Raw(items[i]);
        }

        text.Raw("],\"parallel_tool_calls\":true,\"tool_choice\":\"auto\",\"tools\":[],\"instructions\":null,\"metadata\":{},\"temperature\":null,\"top_p\":null,\"usage\":null}}"u8)
            .WriteTo(Encoding.ASCII.GetBytes(type), writer, output);
    }

    public void WriteError(StreamState state, StreamProblem problem, IFrameWriter writer, IBufferWriter<byte> output)
    {
        var number = NextNumber(state);
        Event("error", ref number)
            .Raw(",\"code\":"u8).Text(problem.Code).Raw(",\"message\":"u8).Text(problem.Message).Raw(",\"param\":null}"u8)
            .WriteTo("error"u8, writer, output);
    }

    public void WriteText(StreamState state, StreamChannel channel, string text, IFrameWriter writer, IBufferWriter<byte> output)
    {
        var number = NextNumber(state);
        var id = state.Shown.TryGetValue(channel.Lane, out var shown) ? shown.Id : "\"\""u8.ToArray();
        Part("response.output_text.delta", id, channel.Lane, channel.Part, ref number)
            .Raw(",\"delta\":"u8).Text(text).Raw(",\"logprobs\":[]}"u8)
            .WriteTo("response.output_text.delta"u8, writer, output);
    }

    /// <summary>Ends an item that was begun; returns it as it now is.</summary>
    private static byte[] Close(int lane, ShownLane shown, ref int number, IFrameWriter writer, IBufferWriter<byte> output)
    {
        if (!shown.IsMessage)
        {
            return new EventText().Raw("{\"id\":"u8).Raw(shown.Id).Raw(",\"type\":\"reasoning\",\"summary\":[]}"u8).Bytes.ToArray();
        }

        var text = shown.Text;
        if (text.Length > 0)
        {
            CloseText(lane, shown.Id, text, ref number, writer, output);
        }

        var item = Message(shown.Id, "incomplete", text.Length > 0 ? text : null);
        WriteItem("response.output_item.done", lane, item, ref number, writer, output);
        return item;
    }

    private static byte[] WriteNotice(int lane, string notice, ref int number, IFrameWriter writer, IBufferWriter<byte> output)
    {
        var id = Encoding.ASCII.GetBytes(NoticeId);
        WriteItem("response.output_item.added", lane, Message(id, "in_progress", null), ref number, writer, output);
        Part("response.content_part.added", id, lane, 0, ref number)
            .Raw(",\"part\":"u8).Raw(TextPart("")).Raw("}"u8).WriteTo("response.content_part.added"u8, writer, output);
        Part("response.output_text.delta", id, lane, 0, ref number)
            .Raw(",\"delta\":"u8).Text(notice).Raw(",\"logprobs\":[]}"u8).WriteTo("response.output_text.delta"u8, writer, output);
        CloseText(lane, id, notice, ref number, writer, output);
        var item = Message(id, "incomplete", notice);
        WriteItem("response.output_item.done", lane, item, ref number, writer, output);
        return item;
    }

    private static void CloseText(int lane, byte[] id, string text, ref int number, IFrameWriter writer, IBufferWriter<byte> output)
    {
        Part("response.output_text.done", id, lane, 0, ref number)
            .Raw(",\"text\":"u8).Text(text).Raw(",\"logprobs\":[]}"u8).WriteTo("response.output_text.done"u8, writer, output);
        Part("response.content_part.done", id, lane, 0, ref number)
            .Raw(",\"part\":"u8).Raw(TextPart(text)).Raw("}"u8).WriteTo("response.content_part.done"u8, writer, output);
    }

    private static void WriteItem(string type, int lane, byte[] item, ref int number, IFrameWriter writer, IBufferWriter<byte> output) =>
        Event(type, ref number).Raw(",\"output_index\":"u8).Number(lane).Raw(",\"item\":"u8).Raw(item).Raw("}"u8)
            .WriteTo(Encoding.ASCII.GetBytes(type), writer, output);

    private static EventText Event(string type, ref int number) =>
        new EventText().Raw("{\"type\":"u8).Text(type).Raw(",\"sequence_number\":"u8).Number(number++);

    private static EventText Part(string type, byte[] id, int lane, int part, ref int number) => Event(type, ref number)
        .Raw(",\"item_id\":"u8).Raw(id).Raw(",\"output_index\":"u8).Number(lane).Raw(",\"content_index\":"u8).Number(part);

    private static byte[] Message(byte[] id, string status, string? text)
    {
        var message = new EventText().Raw("{\"id\":"u8).Raw(id).Raw(",\"type\":\"message\",\"status\":"u8).Text(status)
            .Raw(",\"role\":\"assistant\",\"content\":["u8);
        if (text is not null)
        {
            message.Raw(TextPart(text));
        }

        return message.Raw("]}"u8).Bytes.ToArray();
    }

    private static byte[] TextPart(string text) => new EventText()
        .Raw("{\"type\":\"output_text\",\"text\":"u8).Text(text).Raw(",\"annotations\":[],\"logprobs\":[]}"u8).Bytes.ToArray();

    private static int NextNumber(StreamState state) =>
        int.TryParse(Encoding.ASCII.GetString(state.Value("sequence_number", "-1"u8)), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var last)
        && last < int.MaxValue - 1000
            ? last + 1
            : 0;
}
