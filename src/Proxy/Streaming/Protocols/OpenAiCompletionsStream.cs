using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>OpenAI's legacy Completions. In its log-probabilities the tokens are also names of members.</summary>
internal static class OpenAiCompletionsStream
{
    public static StreamDescription Description { get; } = new()
    {
        Id = "openai.completions",
        Framing = StreamFraming.Sse,
        Fields = FieldMap.Parse("""
            id                                 opaque
            object                             word
            created                            number
            model                              opaque
            system_fingerprint                 opaque
            obfuscation                        sealed -- random padding that hides token sizes
            usage.**                           number
            choices[].index                    number
            choices[].text                     text assistant
            choices[].finish_reason            word
            choices[].stop_reason              text metadata -- repeats a stop sequence
            choices[].logprobs.tokens[]        text assistant
            choices[].logprobs.token_logprobs[] number
            choices[].logprobs.text_offset[]   number
            choices[].logprobs.top_logprobs[].* number
            choices[].prompt_logprobs[].**     number
            choices[].token_ids[]              tokens
            choices[].content_filter_results.** word
            prompt_filter_results[].prompt_index number
            prompt_filter_results[].content_filter_results.** word
            error.message                      text metadata
            error.type                         word
            error.param                        opaque
            error.code                         word
            """),
        Lane = "choices[]",
        Channels =
        [
            new("choices[].text", "text", SegmentRole.Assistant) { Beside = "choices[].logprobs" },
            new("choices[].logprobs.tokens[]", "logprobs", SegmentRole.Assistant) { Beside = "choices[].logprobs", IsShadow = true },
        ],
        Closes = [new() { Path = "choices[].finish_reason", Lane = "choices[]" }],
        DoneMarker = "[DONE]",
        ErrorPath = "error",
        Remembered = ["id", "created", "model"],
        Ending = new OpenAiCompletionsEnding(),
    };
}
