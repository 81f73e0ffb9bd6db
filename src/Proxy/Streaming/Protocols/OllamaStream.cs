using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Ollama's native chat and generate: one JSON object a line, tool calls whole, no text repeated on the last line.</summary>
internal static class OllamaStream
{
    public static StreamDescription Description { get; } = new()
    {
        Id = "ollama",
        Framing = StreamFraming.Ndjson,
        Fields = FieldMap.Parse("""
            model                                        opaque
            remote_model                                 opaque
            remote_host                                  opaque
            created_at                                   opaque
            message.role                                 word
            message.content                              text assistant
            message.thinking                             text reasoning
            message.images[]                             media
            message.tool_calls[].id                      opaque
            message.tool_calls[].function.index          number
            message.tool_calls[].function.name           opaque -- the client's code knows the tool by it
            message.tool_calls[].function.arguments.**   text tool-arguments
            response                                     text assistant
            thinking                                     text reasoning
            tool_calls[].id                              opaque
            tool_calls[].function.index                  number
            tool_calls[].function.name                   opaque -- the client's code knows the tool by it
            tool_calls[].function.arguments.**           text tool-arguments
            image                                        media
            context[]                                    tokens
            done                                         number
            done_reason                                  word
            total_duration                               number
            load_duration                                number
            prompt_eval_count                            number
            prompt_eval_duration                         number
            eval_count                                   number
            eval_duration                                number
            logprobs[].token                             text assistant
            logprobs[].top_logprobs[].token              opaque
            logprobs[].**                                number
            _debug_info.**                               text user
            error                                        text metadata
            """),
        Channels =
        [
            new("message.content", "content", SegmentRole.Assistant) { Beside = "logprobs" },
            new("message.thinking", "thinking", SegmentRole.Reasoning),
            new("response", "response", SegmentRole.Assistant) { Beside = "logprobs" },
            new("thinking", "thinking", SegmentRole.Reasoning),
            new("logprobs[].token", "logprobs", SegmentRole.Assistant) { Beside = "logprobs", IsShadow = true },
        ],
        Calls =
        [
            new("message.tool_calls[]") { ArrivesWhole = true, Name = "message.tool_calls[].function.name" },
            new("tool_calls[]") { ArrivesWhole = true, Name = "tool_calls[].function.name" },
        ],
        Closes = [new() { Path = "done" }],
        ErrorPath = "error",
        Remembered = ["model", "created_at"],
        Ending = new OllamaEnding(),
    };
}
