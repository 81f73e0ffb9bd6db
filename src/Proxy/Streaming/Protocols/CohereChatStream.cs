using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Cohere v2 chat events.</summary>
internal static class CohereChatStream
{
    public static StreamDescription Description { get; } = new()
    {
        Id = "cohere.chat",
        Framing = StreamFraming.Sse,
        Fields = FieldMap.Parse("""
            type                                                word type
            id                                                  opaque
            index                                               number
            prompt                                              text user -- the rendered prompt, in debug events
            delta.message.role                                  word
            delta.message.content.type                          word
            delta.message.content.text                          text assistant
            delta.message.content.thinking                      text reasoning
            delta.message.content[].type                        word
            delta.message.content[].text                        text assistant
            delta.message.tool_plan                             text reasoning
            delta.message.tool_calls.id                         opaque
            delta.message.tool_calls.type                       word
            delta.message.tool_calls.function.name              opaque -- the client's code knows the tool by it
            delta.message.tool_calls.function.arguments         json tool-arguments
            delta.message.citations.type                        word
            delta.message.citations.**                          text retrieved
            delta.message.citations[].type                      word
            delta.message.citations[].**                        text retrieved
            delta.finish_reason                                 word
            delta.error                                         text metadata
            delta.usage.**                                      number
            logprobs.text                                       text assistant
            logprobs.**                                         number
            message                                             text metadata
            """),
        EventType = "type",
        NameIsType = true,
        Lane = "index",
        Delta = "delta",
        Channels =
        [
            new("delta.message.content.text", "text", SegmentRole.Assistant) { Beside = "logprobs" },
            new("delta.message.content.thinking", "thinking", SegmentRole.Reasoning),
            new("delta.message.tool_plan", "tool_plan", SegmentRole.Reasoning),
            new("delta.message.tool_calls.function.arguments", "arguments", SegmentRole.ToolArguments) { Use = ChannelUse.JsonArguments },
            new("logprobs.text", "logprobs", SegmentRole.Assistant) { Beside = "logprobs", IsShadow = true },
        ],
        Calls = [new("delta.message.tool_calls") { Name = "delta.message.tool_calls.function.name" }],
        Closes =
        [
            new() { EventTypes = ["content-end"], Lane = "index" },
            new() { EventTypes = ["tool-call-end"], Lane = "index" },
            new() { EventTypes = ["message-end"] },
        ],
        RequiredEvents = ["message-end"],
        DoneMarker = "[DONE]",
        OtherTypes = ["message-start", "content-start", "content-delta", "tool-plan-delta", "tool-call-start", "tool-call-delta", "citation-start", "citation-end", "debug"],
        Ending = new CohereChatEnding(),
    };
}
