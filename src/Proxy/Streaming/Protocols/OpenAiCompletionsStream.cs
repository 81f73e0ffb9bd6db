using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// OpenAI's legacy Completions, and llama.cpp's own, whose text is in <c>content</c> and which end with <c>stop</c> instead of a marker. In
/// OpenAI's log-probabilities the tokens are also names of members.
/// </summary>
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
            content                            text assistant
            tokens[]                           tokens
            stop                               number
            stop_type                          word
            stopping_word                      text metadata -- repeats a stop sequence
            prompt                             text user
            index                              number
            id_slot                            number
            truncated                          number
            has_new_line                       number
            tokens_predicted                   number
            tokens_evaluated                   number
            tokens_cached                      number
            timings.**                         number
            prompt_progress.**                 number
            generation_settings.**             text metadata
            completion_probabilities[].token   text assistant
            completion_probabilities[].content text assistant
            completion_probabilities[].**      number
            error.message                      text metadata
            error.type                         word
            error.param                        opaque
            error.code                         word
            """),
        Lane = "choices[]",
        Padding = ["obfuscation"],
        Channels =
        [
            new("choices[].text", "text", SegmentRole.Assistant) { Beside = "choices[].logprobs" },
            new("content", "content", SegmentRole.Assistant) { Beside = "completion_probabilities" },
            new("completion_probabilities[].token", "probabilities", SegmentRole.Assistant) { Beside = "completion_probabilities", IsShadow = true },
            new("choices[].logprobs.tokens[]", "logprobs", SegmentRole.Assistant) { Beside = "choices[].logprobs", IsShadow = true },
        ],
        Closes = [new() { Path = "choices[].finish_reason", Lane = "choices[]" }, new() { Path = "stop" }],
        DoneMarker = "[DONE]",
        ErrorPath = "error",
        Remembered = ["id", "created", "model", "stop"],
        Ending = new OpenAiCompletionsEnding(),
    };
}
