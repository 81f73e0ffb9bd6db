using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// The events of InvokeModelWithResponseStream: the vendor's own, in Bedrock's frames. Anthropic's and Nova's are those of Messages
/// and ConverseStream; what Llama, Titan, Mistral, Cohere, AI21 and others send differs only in which member carries the text.
/// </summary>
internal static class BedrockInvokeStreams
{
    public static StreamDescription Anthropic { get; } =
        AnthropicMessagesStream.Description.Framed("bedrock.invoke_anthropic", StreamFraming.BedrockChunks);

    public static StreamDescription Nova { get; } =
        BedrockConverseStream.Description.Framed("bedrock.invoke_nova", StreamFraming.BedrockNamedChunks);

    public static StreamDescription Other { get; } = new()
    {
        Id = "bedrock.invoke_other",
        Framing = StreamFraming.BedrockChunks,
        Fields = FieldMap.Parse($"""
            {OpenAiChatStream.FieldLines}
            generation                                        text assistant
            prompt_token_count                                number
            generation_token_count                            number
            stop_reason                                       word
            outputs[].text                                    text assistant
            outputs[].stop_reason                             word
            index                                             number
            inputTextTokenCount                               number
            totalOutputTextTokenCount                         number
            outputText                                        text assistant
            completionReason                                  word
            event_type                                        word
            is_finished                                       number
            finish_reason                                     word
            text                                              text assistant
            response.text                                     text assistant
            response.finish_reason                            word
            response.**                                       text assistant
            citations[].**                                    text retrieved
            documents[].**                                    text retrieved
            search_queries[].**                               text tool-arguments
            tool_calls[].**                                   text tool-arguments
            choices[].text                                    text assistant
            choices[].message.role                            word
            choices[].message.content                         text assistant
            choices[].message.tool_calls[].index              number
            choices[].message.tool_calls[].id                 opaque
            choices[].message.tool_calls[].type               word type
            choices[].message.tool_calls[].function.name      opaque -- the client's code knows the tool by it
            choices[].message.tool_calls[].function.arguments json tool-arguments
            message                                           text metadata
            originalMessage                                   text metadata
            originalStatusCode                                number
            amazon-bedrock-invocationMetrics.**               number
            amazon-bedrock-guardrailAction                    word
            amazon-bedrock-trace.**                           text metadata
            """),
        Lane = "choices[]",
        Delta = "choices[].delta",
        Padding = ["obfuscation", "p"],
        Channels =
        [
            .. OpenAiChatStream.Description.Channels,
            new("choices[].message.content", "message", SegmentRole.Assistant),
            new("choices[].text", "choice", SegmentRole.Assistant),
            new("choices[].message.tool_calls[].function.arguments", "message_arguments", SegmentRole.ToolArguments)
            {
                Use = ChannelUse.JsonArguments,
                Part = "choices[].message.tool_calls[]",
            },
            new("generation", "generation", SegmentRole.Assistant),
            new("outputText", "outputText", SegmentRole.Assistant),
            new("text", "text", SegmentRole.Assistant),
            new("outputs[].text", "outputs", SegmentRole.Assistant) { Lane = "outputs[]" },
        ],
        Calls =
        [
            .. OpenAiChatStream.Description.Calls,
            new("choices[].message.tool_calls[]") { Name = "choices[].message.tool_calls[].function.name" },
        ],
        Closes =
        [
            new() { Path = "choices[].finish_reason", Lane = "choices[]" },
            new() { Path = "choices[].stop_reason", Lane = "choices[]" },
            new() { Path = "outputs[].stop_reason", Lane = "outputs[]" },
            new() { Path = "stop_reason" },
            new() { Path = "completionReason" },
            new() { Path = "finish_reason" },
            new() { Path = "is_finished" },
        ],
        ErrorPath = "error",
        Ending = new BedrockInvokeEnding(),
    };
}
