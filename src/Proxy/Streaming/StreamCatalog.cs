using System.Collections.Frozen;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Every described stream, and which one an answer is.</summary>
internal static class StreamCatalog
{
    public static IReadOnlyList<StreamDescription> All { get; } =
    [
        OpenAiChatStream.Description,
        OpenAiCompletionsStream.Description,
        OpenAiResponsesStream.Description,
        OpenAiAssistantsStream.Description,
        OpenAiMediaStream.Description,
        AnthropicMessagesStream.Description,
        GeminiStream.Sse,
        GeminiStream.Array,
        BedrockConverseStream.Description,
        BedrockInvokeStreams.Anthropic,
        BedrockInvokeStreams.Nova,
        BedrockInvokeStreams.Other,
        OllamaStream.Description,
        CohereChatStream.Description,
        McpStream.Description,
        A2aStream.Description,
        OpenAiRealtimeStream.Description,
        OpenAiResponsesStream.Socket,
        GeminiLiveStream.Description,
    ];

    /// <summary>What a provider says over a WebSocket; null where none is described.</summary>
    public static StreamDescription? Socket(string protocol) => protocol switch
    {
        "openai.realtime" => OpenAiRealtimeStream.Description,
        "openai.responses.socket" => OpenAiResponsesStream.Socket,
        "gemini.live" => GeminiLiveStream.Description,
        _ => null,
    };

    // By the ids of wire protocols: several speak the same events.
    private static readonly FrozenDictionary<string, StreamDescription> Events = new Dictionary<string, StreamDescription>
    {
        ["openai.chat"] = OpenAiChatStream.Description,
        ["azure.chat"] = OpenAiChatStream.Description,
        ["gemini.chat"] = OpenAiChatStream.Description,
        ["mistral.chat"] = OpenAiChatStream.Description,
        ["mistral.fim"] = OpenAiChatStream.Description,
        ["openai.completions"] = OpenAiCompletionsStream.Description,
        ["azure.completions"] = OpenAiCompletionsStream.Description,
        ["openai.responses"] = OpenAiResponsesStream.Description,
        ["openai.responses.stored"] = OpenAiResponsesStream.Description,
        ["azure.responses"] = OpenAiResponsesStream.Description,
        ["azure.responses.stored"] = OpenAiResponsesStream.Description,
        ["openai.assistants"] = OpenAiAssistantsStream.Description,
        ["openai.images"] = OpenAiMediaStream.Description,
        ["openai.images.edits"] = OpenAiMediaStream.Description,
        ["openai.audio.transcriptions"] = OpenAiMediaStream.Description,
        ["openai.audio.speech"] = OpenAiMediaStream.Description,
        ["azure.images"] = OpenAiMediaStream.Description,
        ["azure.images.edits"] = OpenAiMediaStream.Description,
        ["azure.audio.transcriptions"] = OpenAiMediaStream.Description,
        ["azure.audio.translations"] = OpenAiMediaStream.Description,
        ["azure.audio.speech"] = OpenAiMediaStream.Description,
        ["anthropic.messages"] = AnthropicMessagesStream.Description,
        ["gemini.anthropic"] = AnthropicMessagesStream.Description,
        ["gemini.stream"] = GeminiStream.Sse,
        ["cohere.chat"] = CohereChatStream.Description,
        ["mcp"] = McpStream.Description,
        ["a2a"] = A2aStream.Description,
        ["mcp.listen"] = McpStream.Description,
    }.ToFrozenDictionary();

    /// <summary>How an answer streams, by what it is and not by what was asked for.</summary>
    /// <param name="protocol">The id of the wire protocol.</param>
    /// <param name="mediaType">Of the answer, without parameters.</param>
    /// <param name="isSuccess">False for error answers, which come whole.</param>
    /// <returns>Null when it is no stream, or none that is described: such an answer is read as a whole.</returns>
    public static StreamDescription? Find(string protocol, string? mediaType, bool isSuccess) => mediaType?.ToLowerInvariant() switch
    {
        "text/event-stream" => Events.GetValueOrDefault(protocol),
        "application/x-ndjson" or "application/jsonl" when protocol is "ollama.chat" or "ollama.generate" => OllamaStream.Description,
        "application/vnd.amazon.eventstream" => protocol switch
        {
            "bedrock.converse_stream" => BedrockConverseStream.Description,
            "bedrock.invoke_anthropic_stream" => BedrockInvokeStreams.Anthropic,
            "bedrock.invoke_nova_stream" => BedrockInvokeStreams.Nova,
            "bedrock.invoke_other_stream" => BedrockInvokeStreams.Other,
            _ => null,
        },
        "application/json" when protocol == "gemini.stream" && isSuccess => GeminiStream.Array,
        _ => null,
    };
}
