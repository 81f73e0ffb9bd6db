using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>OpenAI Chat Completions chunks, with the members that compatible servers add.</summary>
internal static class OpenAiChatStream
{
    /// <summary>The lines of its events, for those who add to them.</summary>
    public const string FieldLines = """
        id                                                opaque
        object                                            word
        created                                           number
        model                                             opaque
        system_fingerprint                                opaque
        service_tier                                      word
        provider                                          opaque
        obfuscation                                       sealed -- random padding that hides token sizes
        p                                                 sealed -- random padding that hides token sizes
        usage.**                                          number
        timings.**                                        number
        prompt_progress.**                                number
        choices[].index                                   number
        choices[].finish_reason                           word
        choices[].native_finish_reason                    word
        choices[].stop_reason                             text metadata -- repeats a stop sequence
        choices[].delta.role                              word
        choices[].delta.content                           text assistant
        choices[].delta.content[].type                    word type
        choices[].delta.content[].text                    text assistant
        choices[].delta.content[].thinking[].type         word type
        choices[].delta.content[].thinking[].text         text reasoning
        choices[].delta.content[].signature               sealed -- binds the reasoning to its turn
        choices[].delta.refusal                           text assistant
        choices[].delta.reasoning_content                 text reasoning
        choices[].delta.reasoning                         text reasoning
        choices[].delta.reasoning_details[].type          word type
        choices[].delta.reasoning_details[].index         number
        choices[].delta.reasoning_details[].id            opaque
        choices[].delta.reasoning_details[].format        word
        choices[].delta.reasoning_details[].text          text reasoning
        choices[].delta.reasoning_details[].summary       text reasoning
        choices[].delta.reasoning_details[].data          sealed -- encrypted reasoning
        choices[].delta.reasoning_details[].signature     sealed -- binds the reasoning to its turn
        choices[].delta.audio.id                          opaque
        choices[].delta.audio.data                        media
        choices[].delta.audio.transcript                  text assistant
        choices[].delta.audio.expires_at                  number
        choices[].delta.annotations[].type                word type
        choices[].delta.annotations[].url_citation.url    text retrieved
        choices[].delta.annotations[].url_citation.title  text retrieved
        choices[].delta.annotations[].url_citation.*      number
        choices[].delta.function_call.name                opaque -- the client's code knows the tool by it
        choices[].delta.function_call.arguments           json tool-arguments
        choices[].delta.tool_calls[].index                number
        choices[].delta.tool_calls[].id                   opaque
        choices[].delta.tool_calls[].type                 word type
        choices[].delta.tool_calls[].function.name        opaque -- the client's code knows the tool by it
        choices[].delta.tool_calls[].function.arguments   json tool-arguments
        choices[].delta.tool_calls[].custom.name          opaque -- the client's code knows the tool by it
        choices[].delta.tool_calls[].custom.input         text tool-arguments
        choices[].logprobs.content[].token                text assistant
        choices[].logprobs.content[].logprob              number
        choices[].logprobs.content[].bytes[]              number
        choices[].logprobs.content[].top_logprobs[].token    opaque
        choices[].logprobs.content[].top_logprobs[].logprob  number
        choices[].logprobs.content[].top_logprobs[].bytes[]  number
        choices[].logprobs.refusal[].token                text assistant
        choices[].logprobs.refusal[].logprob              number
        choices[].logprobs.refusal[].bytes[]              number
        choices[].logprobs.refusal[].top_logprobs[].token    opaque
        choices[].logprobs.refusal[].top_logprobs[].logprob  number
        choices[].logprobs.refusal[].top_logprobs[].bytes[]  number
        choices[].content_filter_results.**               word
        choices[].content_filter_offsets.**               number
        prompt_filter_results[].prompt_index              number
        prompt_filter_results[].content_filter_results.** word
        error.message                                     text metadata
        error.type                                        word
        error.param                                       opaque
        error.code                                        word
        """;

    public static StreamDescription Description { get; } = new()
    {
        Id = "openai.chat",
        Framing = StreamFraming.Sse,
        Fields = FieldMap.Parse(FieldLines),
        Lane = "choices[]",
        Delta = "choices[].delta",
        Padding = ["obfuscation", "p"],
        Channels =
        [
            new("choices[].delta.content", "content", SegmentRole.Assistant) { Beside = "choices[].logprobs" },
            new("choices[].delta.content[].text", "content", SegmentRole.Assistant) { Beside = "choices[].logprobs" },
            new("choices[].delta.content[].thinking[].text", "thinking", SegmentRole.Reasoning),
            new("choices[].delta.refusal", "refusal", SegmentRole.Assistant) { Beside = "choices[].logprobs" },
            new("choices[].delta.reasoning_content", "reasoning_content", SegmentRole.Reasoning),
            new("choices[].delta.reasoning", "reasoning", SegmentRole.Reasoning),
            new("choices[].delta.reasoning_details[].text", "reasoning_details", SegmentRole.Reasoning) { Part = "choices[].delta.reasoning_details[]" },
            new("choices[].delta.reasoning_details[].summary", "reasoning_summary", SegmentRole.Reasoning) { Part = "choices[].delta.reasoning_details[]" },
            new("choices[].delta.audio.transcript", "transcript", SegmentRole.Assistant),
            new("choices[].delta.function_call.arguments", "function_call", SegmentRole.ToolArguments) { Use = ChannelUse.JsonArguments },
            new("choices[].delta.tool_calls[].function.arguments", "arguments", SegmentRole.ToolArguments)
            {
                Use = ChannelUse.JsonArguments,
                Part = "choices[].delta.tool_calls[]",
            },
            new("choices[].delta.tool_calls[].custom.input", "input", SegmentRole.ToolArguments)
            {
                Use = ChannelUse.TextArguments,
                Part = "choices[].delta.tool_calls[]",
            },
            new("choices[].logprobs.content[].token", "logprobs", SegmentRole.Assistant) { Beside = "choices[].logprobs", IsShadow = true },
            new("choices[].logprobs.refusal[].token", "refusal_logprobs", SegmentRole.Assistant) { Beside = "choices[].logprobs", IsShadow = true },
        ],
        Calls =
        [
            new("choices[].delta.tool_calls[]") { Name = "choices[].delta.tool_calls[].function.name" },
            new("choices[].delta.function_call") { Name = "choices[].delta.function_call.name" },
        ],
        Closes = [new() { Path = "choices[].finish_reason", Lane = "choices[]" }],
        DoneMarker = "[DONE]",
        ErrorPath = "error",
        Remembered = ["id", "created", "model", "system_fingerprint"],
        Ending = new OpenAiChatEnding(),
    };
}
