using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Anthropic Messages events. A text may already begin in the start of its block, or even of the message.</summary>
internal static class AnthropicMessagesStream
{
    private static readonly string[] CallTypes = ["tool_use", "server_tool_use", "mcp_tool_use"];

    public static StreamDescription Description { get; } = new()
    {
        Id = "anthropic.messages",
        Framing = StreamFraming.Sse,
        Fields = FieldMap.Parse("""
            type                                   word type
            index                                  number
            message.id                             opaque
            message.type                           word
            message.role                           word
            message.model                          opaque
            message.content[].type                 word type
            message.content[].text                 text assistant
            message.content[].thinking             text reasoning
            message.content[].signature            sealed signature -- signs the reasoning
            message.content[].data                 sealed -- redacted reasoning
            message.content[].id                   opaque
            message.content[].name                 opaque -- the client's code knows the tool by it
            message.content[].input.**             text tool-arguments
            message.content[].content.**           text tool-result
            message.stop_reason                    word
            message.stop_sequence                  text metadata
            message.stop_details.**                text assistant
            message.container.id                   opaque
            message.container.expires_at           opaque
            message.usage.output_tokens            number
            message.usage.**                       number
            content_block.type                     word type
            content_block.text                     text assistant
            content_block.thinking                 text reasoning
            content_block.signature                sealed signature -- signs the reasoning
            content_block.data                     sealed -- redacted reasoning
            content_block.id                       opaque
            content_block.name                     opaque -- the client's code knows the tool by it
            content_block.server_name              opaque
            content_block.tool_use_id              opaque
            content_block.caller.**                opaque
            content_block.is_error                 number
            content_block.input.**                 text tool-arguments
            content_block.content                  text tool-result
            content_block.content.**               text tool-result
            content_block.content.type             word
            content_block.content.encrypted_content           sealed
            content_block.content.encrypted_stdout            sealed
            content_block.content[].type           word
            content_block.content[].encrypted_content         sealed
            content_block.content[].encrypted_index           sealed
            content_block.content[].**             text tool-result
            content_block.citations[].type         word
            content_block.citations[].encrypted_index         sealed
            content_block.citations[].**           text retrieved
            delta.type                             word type
            delta.text                             text assistant
            delta.thinking                         text reasoning
            delta.partial_json                     json tool-arguments
            delta.signature                        sealed signature -- signs the reasoning
            delta.citation.type                    word
            delta.citation.encrypted_index         sealed
            delta.citation.file_id                 opaque
            delta.citation.**                      text retrieved
            delta.stop_reason                      word
            delta.stop_sequence                    text metadata -- repeats a stop sequence
            delta.stop_details.type                word
            delta.stop_details.category            word
            delta.stop_details.**                  text assistant
            delta.container.id                     opaque
            delta.container.expires_at             opaque
            usage.output_tokens                    number
            usage.**                               number
            context_management.**                  word
            error.type                             word
            error.message                          text metadata
            error.details.**                       text metadata
            request_id                             opaque
            amazon-bedrock-invocationMetrics.**    number
            amazon-bedrock-guardrailAction         word
            amazon-bedrock-trace.**                text metadata
            """),
        EventType = "type",
        NameIsType = true,
        Lane = "index",
        Delta = "delta",
        LaneKind = "content_block.type",
        Channels =
        [
            new("delta.text", "text", SegmentRole.Assistant),
            new("content_block.text", "text", SegmentRole.Assistant) { CanContinue = false },
            new("message.content[].text", "text", SegmentRole.Assistant) { CanContinue = false, Lane = "message.content[]" },
            new("delta.thinking", "thinking", SegmentRole.Reasoning) { IsSigned = true },
            new("content_block.thinking", "thinking", SegmentRole.Reasoning) { IsSigned = true, CanContinue = false },
            new("message.content[].thinking", "thinking", SegmentRole.Reasoning)
            {
                IsSigned = true,
                CanContinue = false,
                Lane = "message.content[]",
            },
            new("delta.partial_json", "input", SegmentRole.ToolArguments) { Use = ChannelUse.JsonArguments },
        ],
        Calls = [new("content_block") { Types = CallTypes, Name = "content_block.name" }],
        Closes =
        [
            new() { EventTypes = ["content_block_stop"], Lane = "index" },
            new() { EventTypes = ["message_stop"] },
            new() { Path = "delta.stop_reason" },
            // Nothing of a signed text comes behind its signature.
            new() { Path = "delta.signature", Lane = "index", Channel = "thinking" },
        ],
        LastEvents = ["message_stop"],
        RequiredEvents = ["message_stop"],
        ErrorPath = "error",
        ErrorTypes = ["error"],
        KeepAliveTypes = ["ping"],
        OtherTypes = ["message_start", "content_block_start", "content_block_delta", "message_delta"],
        IsOrdered = true,
        Remembered = ["message.id", "message.model", "usage.output_tokens", "message.usage.output_tokens"],
        Ending = new AnthropicMessagesEnding(),
    };
}
