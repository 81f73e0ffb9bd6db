using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// OpenAI Responses events. An answer appears up to five times: in deltas, when a text, a part and an item are done, and in the
/// last event; the repetitions are filtered whole, to the same result.
/// </summary>
internal static class OpenAiResponsesStream
{
    private static readonly string[] CallTypes =
    [
        "function_call", "custom_tool_call", "mcp_call", "local_shell_call", "shell_call", "apply_patch_call", "computer_call",
        "code_interpreter_call", "multi_agent_call",
    ];

    private static readonly string[] TextTypes = ["response.output_text.delta"];
    private static readonly string[] SummaryTypes = ["response.reasoning_summary_text.delta"];
    private static readonly string[] JsonCallTypes = ["response.function_call_arguments.delta", "response.mcp_call_arguments.delta"];

    private static readonly string[] PlainCallTypes =
        ["response.custom_tool_call_input.delta", "response.code_interpreter_call_code.delta", "response.shell_call_command.delta"];

    public static StreamDescription Description { get; } = new()
    {
        Id = "openai.responses",
        Framing = StreamFraming.Sse,
        Fields = FieldMap.Parse($"""
            type                                word type
            sequence_number                     number
            output_index                        number
            content_index                       number
            summary_index                       number
            command_index                       number
            annotation_index                    number
            partial_image_index                 number
            item_id                             opaque
            stream_id                           opaque
            obfuscation                         sealed -- random padding that hides token sizes
            delta                               text assistant
            delta.stdout                        text tool-result
            delta.stderr                        text tool-result
            text                                text assistant
            refusal                             text assistant
            arguments                           json tool-arguments
            input                               text tool-arguments
            code                                text tool-arguments
            command                             text tool-arguments
            output[].**                         text tool-result
            name                                opaque
            transcript                          text assistant
            partial_image_b64                   media
            output_format                       word
            size                                word
            quality                             word
            background                          word
            logprobs[].token                    text assistant
            logprobs[].top_logprobs[].token     opaque
            logprobs[].**                       number
            annotation.type                     word
            annotation.file_id                  opaque
            annotation.container_id             opaque
            annotation.**                       text retrieved
            part.type                           word type
            part.text                           text assistant
            part.refusal                        text assistant
            part.logprobs                       echo
            part.logprobs[].token               text assistant
            part.logprobs[].top_logprobs[].token opaque
            part.logprobs[].**                  number
            part.annotations[].type             word
            part.annotations[].file_id          opaque
            part.annotations[].**               text retrieved
            message                             text metadata
            param                               opaque
            error.type                          word
            error.code                          word
            error.param                         opaque
            error.message                       text metadata
            {OpenAiResponseObject.Items("item")}
            {OpenAiResponseObject.Table("response")}
            """),
        EventType = "type",
        NameIsType = true,
        Lane = "output_index",
        LaneKind = "item.type",
        Padding = ["obfuscation"],
        Channels =
        [
            new("delta", "output_text", SegmentRole.Assistant) { EventTypes = TextTypes, Part = "content_index", Beside = "logprobs" },
            new("delta", "refusal", SegmentRole.Assistant) { EventTypes = ["response.refusal.delta"], Part = "content_index" },
            new("delta", "reasoning_text", SegmentRole.Reasoning) { EventTypes = ["response.reasoning_text.delta"], Part = "content_index" },
            new("delta", "reasoning_summary", SegmentRole.Reasoning) { EventTypes = SummaryTypes, Part = "summary_index" },
            new("delta", "transcript", SegmentRole.Assistant) { EventTypes = ["response.audio.transcript.delta"] },
            new("delta", "arguments", SegmentRole.ToolArguments) { EventTypes = JsonCallTypes, Use = ChannelUse.JsonArguments },
            new("delta", "input", SegmentRole.ToolArguments) { EventTypes = PlainCallTypes, Use = ChannelUse.TextArguments, Part = "command_index" },
            new("delta", "other", SegmentRole.Assistant) { ExceptTypes = ["response.audio.delta"], Part = "content_index" },
            new("delta.stdout", "stdout", SegmentRole.ToolResult) { Part = "command_index" },
            new("delta.stderr", "stderr", SegmentRole.ToolResult) { Part = "command_index" },
            new("logprobs[].token", "logprobs", SegmentRole.Assistant) { Part = "content_index", Beside = "logprobs", IsShadow = true },
        ],
        Calls = [new("item") { Types = CallTypes, Name = "item.name" }],
        Closes =
        [
            new()
            {
                EventTypes = ["response.output_text.done", "response.refusal.done", "response.reasoning_text.done"],
                Lane = "output_index",
                Part = "content_index",
            },
            new() { EventTypes = ["response.reasoning_summary_text.done"], Lane = "output_index", Part = "summary_index" },
            new() { EventTypes = ["response.shell_call_output_content.done"], Lane = "output_index", Part = "command_index" },
            new() { EventTypes = ["response.output_item.done"], Lane = "output_index" },
            new() { EventTypes = ["response.audio.transcript.done"] },
            new() { EventTypes = ["response.completed", "response.incomplete", "response.failed", "response.cancelled"] },
        ],
        RequiredEvents = ["response.completed", "response.incomplete", "response.failed", "response.cancelled"],
        DoneMarker = "[DONE]",
        ErrorPath = "error",
        ErrorTypes = ["error"],
        KeepAliveTypes = ["keepalive"],
        OtherTypes =
        [
            "response.created", "response.in_progress", "response.queued", "response.output_item.added", "response.content_part.added",
            "response.content_part.done", "response.output_text.annotation.added", "response.reasoning_summary_part.added",
            "response.reasoning_summary_part.done", "response.function_call_arguments.done", "response.custom_tool_call_input.done",
            "response.mcp_call_arguments.done", "response.mcp_call.in_progress", "response.mcp_call.completed", "response.mcp_call.failed",
            "response.mcp_list_tools.in_progress", "response.mcp_list_tools.completed", "response.mcp_list_tools.failed",
            "response.code_interpreter_call_code.done", "response.code_interpreter_call.in_progress",
            "response.code_interpreter_call.interpreting", "response.code_interpreter_call.completed", "response.shell_call_command.added",
            "response.shell_call_command.done", "response.shell_call_output_content.delta", "response.file_search_call.in_progress",
            "response.file_search_call.searching", "response.file_search_call.completed", "response.web_search_call.in_progress",
            "response.web_search_call.searching", "response.web_search_call.completed", "response.image_generation_call.in_progress",
            "response.image_generation_call.generating", "response.image_generation_call.completed",
            "response.image_generation_call.partial_image", "response.audio.delta", "response.audio.done", "response.compaction.compacting",
        ],
        Remembered = ["sequence_number", "response.id", "response.model", "response.created_at"],
        Witness = new OpenAiResponsesWitness(),
        Ending = new OpenAiResponsesEnding(),
    };

    /// <summary>The same events as messages of a WebSocket: one response after another, or several at a time, told apart by their items.</summary>
    public static StreamDescription Socket { get; } = Description with
    {
        Id = "openai.responses.socket",
        Framing = StreamFraming.Messages,
        NameIsType = false,
        Lane = "item_id",
        LaneToo = "item.id",
        LaneKind = null,
        Closes = [.. Description.Closes.Select(ByItem)],
        RequiredEvents = [],
        DoneMarker = null,
        ErrorPath = null,
        MayEndAnywhere = true,
        OtherTypes =
        [
            .. Description.OtherTypes, "response.steer.accepted", "response.steer.pending", "response.steer.failed", "response.inject.created",
            "response.inject.failed",
        ],
        Remembered = [],
        Witness = null,
        Ending = new OpenAiSocketEnding(),
    };

    /// <summary>The same for clients that take an incomplete response for a broken connection: a block is a failure to them.</summary>
    public static StreamDescription ForAgents { get; } = Description with { Ending = new OpenAiResponsesEnding(asFailure: true) };

    // The end of a response ends its calls; texts end by themselves, and those of other responses go on.
    private static CloseRule ByItem(CloseRule rule) => rule switch
    {
        { Lane: null } => rule with { Channel = "arguments" },
        { Part: null } when rule.EventTypes!.Contains("response.output_item.done") => rule with { Lane = "item.id" },
        _ => rule with { Lane = "item_id" },
    };
}
