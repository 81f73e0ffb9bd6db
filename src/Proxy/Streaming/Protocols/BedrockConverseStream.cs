using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// Bedrock's ConverseStream: the frame's name says what it is. Its metadata may carry a guardrail's trace, which quotes what the
/// guardrail removed.
/// </summary>
internal static class BedrockConverseStream
{
    public static StreamDescription Description { get; } = new()
    {
        Id = "bedrock.converse",
        Framing = StreamFraming.EventStream,
        Fields = FieldMap.Parse("""
            p                                      sealed -- random padding that hides token sizes
            role                                   word
            contentBlockIndex                      number
            start.toolUse.toolUseId                opaque
            start.toolUse.name                     opaque -- the client's code knows the tool by it
            start.toolUse.type                     word
            start.toolResult.toolUseId             opaque
            start.toolResult.type                  word
            start.toolResult.status                word
            start.image.format                     word
            delta.text                             text assistant
            delta.reasoningContent.text            text reasoning
            delta.reasoningContent.signature       sealed signature -- signs the reasoning
            delta.reasoningContent.redactedContent sealed
            delta.toolUse.input                    json tool-arguments
            delta.toolResult[].text                text tool-result
            delta.toolResult[].json.**             text tool-result
            delta.citation.**                      text retrieved
            delta.image.source.bytes               media
            delta.image.error.message              text metadata
            stopReason                             word
            additionalModelResponseFields.**       text metadata
            usage.**                               number
            metrics.**                             number
            trace.**                               text metadata
            performanceConfig.**                   word
            serviceTier.**                         word
            message                                text metadata
            originalMessage                        text metadata
            originalStatusCode                     number
            """),
        TypeIsName = true,
        Lane = "contentBlockIndex",
        Delta = "delta",
        Padding = ["p"],
        Channels =
        [
            new("delta.text", "text", SegmentRole.Assistant),
            new("delta.reasoningContent.text", "reasoning", SegmentRole.Reasoning) { IsSigned = true },
            new("delta.toolUse.input", "input", SegmentRole.ToolArguments) { Use = ChannelUse.JsonArguments },
            new("delta.toolResult[].text", "toolResult", SegmentRole.ToolResult),
        ],
        Calls = [new("start.toolUse") { Name = "start.toolUse.name" }],
        Closes =
        [
            new() { EventTypes = ["contentBlockStop"], Lane = "contentBlockIndex" },
            new() { EventTypes = ["messageStop"] },
            // Nothing of a signed text comes behind its signature.
            new() { Path = "delta.reasoningContent.signature", Lane = "contentBlockIndex", Channel = "reasoning" },
        ],
        RequiredEvents = ["messageStop"],
        OtherTypes = ["messageStart", "contentBlockStart", "contentBlockDelta", "metadata"],
        ErrorTypes =
        [
            "!internalServerException", "!modelStreamErrorException", "!validationException", "!throttlingException", "!modelTimeoutException",
            "!serviceUnavailableException",
        ],
        IsOrdered = true,
        Ending = new BedrockConverseEnding(),
    };
}
