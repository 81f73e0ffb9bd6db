using System.Collections.Frozen;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Every described stream, by its id.</summary>
internal static class StreamCatalog
{
    public static IReadOnlyList<StreamDescription> All { get; } =
    [
        OpenAiChatStream.Description,
        OpenAiCompletionsStream.Description,
        OpenAiResponsesStream.Description,
        AnthropicMessagesStream.Description,
        GeminiStream.Sse,
        GeminiStream.Array,
        BedrockConverseStream.Description,
        OllamaStream.Description,
        CohereChatStream.Description,
        McpStream.Description,
    ];

    private static readonly FrozenDictionary<string, StreamDescription> ById = All.ToFrozenDictionary(d => d.Id);

    /// <summary>The description with this id; null when there is none, so that the stream must be refused.</summary>
    public static StreamDescription? Find(string id) => ById.GetValueOrDefault(id);
}
