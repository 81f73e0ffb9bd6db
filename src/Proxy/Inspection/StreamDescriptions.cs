using EdgeFilter.Proxy.Streaming;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>How each protocol streams.</summary>
internal static class StreamDescriptions
{
    /// <returns>Null when the protocol has no stream, or none that is described: such an answer is read as a whole.</returns>
    public static StreamDescription? Of(string protocol) => protocol switch
    {
        "openai.chat" => OpenAiChatStream.Description,
        "anthropic.messages" => AnthropicMessagesStream.Description,
        _ => null,
    };
}
