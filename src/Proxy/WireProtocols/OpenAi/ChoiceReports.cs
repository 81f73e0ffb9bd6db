using EdgeFilter.Proxy.WireProtocols.Answers;

namespace EdgeFilter.Proxy.WireProtocols.OpenAi;

/// <summary>A choice whose text was filtered, as OpenAI reports it: <c>finish_reason: content_filter</c> and no content.</summary>
internal static class ChoiceReports
{
    /// <summary>Of Chat Completions, with the reason as refusal.</summary>
    public static byte[] Chat(long index, BlockNotice notice) => JsonAnswer.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("index", index);
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteNull("content");
        json.WriteString("refusal", notice.Message);
        json.WriteEndObject();
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", "content_filter");
        json.WriteEndObject();
    });

    /// <summary>Of legacy Completions, which have no place for a reason.</summary>
    public static byte[] Text(long index) => JsonAnswer.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("index", index);
        json.WriteString("text", "");
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", "content_filter");
        json.WriteEndObject();
    });
}
