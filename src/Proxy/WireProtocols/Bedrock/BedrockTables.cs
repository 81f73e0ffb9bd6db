using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.Bedrock;

/// <summary>Where text lives in Bedrock's Converse.</summary>
internal static class BedrockTables
{
    private const string Blocks = """
        block.text                    text
        block.guardContent.text.text  text
        block.guardContent.text.qualifiers[] word
        block.guardContent.image.format word
        block.guardContent.image.source.bytes media image
        block.image.format            word
        block.image.source.bytes      media image
        block.image.source.s3Location.** history -- the image is stored elsewhere
        block.video.format            word
        block.video.source.bytes      media video
        block.video.source.s3Location.** history -- the video is stored elsewhere
        block.audio.format            word
        block.audio.source.bytes      media audio
        block.audio.source.s3Location.** history -- the sound is stored elsewhere
        block.document.name           text retrieved
        block.document.context        text retrieved
        block.document.format         word
        block.document.source.bytes   media file
        block.document.source.text    text
        block.document.source.content[] -> block
        block.document.source.s3Location.** history -- the document is stored elsewhere
        block.document.citations.**   number
        block.toolUse.toolUseId       opaque -- ties the call to its result
        block.toolUse.name            opaque tool tool-arguments -- the client's code knows the tool by it
        block.toolUse.type            word
        block.toolUse.input           record below tool-arguments
        block.toolUse.input.**        text tool-arguments
        block.toolResult.toolUseId    opaque -- ties the result to its call
        block.toolResult.status       word
        block.toolResult.type         word
        block.toolResult.content      message below tool-result
        block.toolResult.content[]    -> block
        block.json                    record
        block.json.**                 text
        block.searchResult.source     text retrieved
        block.searchResult.title      text retrieved
        block.searchResult.content[]  -> block
        block.searchResult.citations.** number
        block.reasoningContent.redactedContent sealed -- only the provider can read it
        block.citationsContent.content[] -> block
        block.citationsContent.citations record
        block.citationsContent.citations[].** text retrieved
        block.cachePoint.**           word
        """;

    // As in Anthropic's own tables: signed on its way back to the provider, text like any other on its way to the reader.
    private const string SentBack = """
        block.reasoningContent.reasoningText.text opaque reasoning -- signed: a changed letter makes the provider refuse the conversation
        block.reasoningContent.reasoningText.signature sealed -- proves the reasoning to the provider
        """;

    private const string Shown = """
        block.reasoningContent.reasoningText.text text reasoning
        block.reasoningContent.reasoningText.signature sealed signature -- proves the reasoning to the provider
        """;

    public static FieldMap Request { get; } = FieldMap.Parse($"""
        system                        message below system
        system[]                      -> block
        messages[]                    message
        messages[].role               word role of user assistant system
        messages[].content[]          -> block
        toolConfig.tools[]            record
        toolConfig.tools[].toolSpec.name        opaque tool-definition -- the client's code knows the tool by it
        toolConfig.tools[].toolSpec.description text tool-definition
        toolConfig.tools[].toolSpec.inputSchema.json -> schema
        toolConfig.tools[].toolSpec.strict      number
        toolConfig.tools[].**         opaque tool-definition -- settings of tools that the provider runs
        toolConfig.toolChoice.**      opaque -- names a tool
        inferenceConfig.stopSequences[] opaque -- is compared with the output, letter by letter
        inferenceConfig.**            number
        promptVariables               record
        promptVariables.*.text        text user
        requestMetadata               record
        requestMetadata.*             text metadata
        additionalModelRequestFields  record
        additionalModelRequestFields.** text metadata
        additionalModelResponseFieldPaths[] opaque -- names members of the answer
        outputConfig                  record
        outputConfig.textFormat.type  word
        outputConfig.textFormat.structure.jsonSchema.name        opaque tool-definition -- names the schema
        outputConfig.textFormat.structure.jsonSchema.description text tool-definition
        outputConfig.textFormat.structure.jsonSchema.schema      opaque tool-definition -- the schema is a contract that the client's code relies on
        schemaVersion                 word
        guardrailConfig.**            opaque -- names a guardrail
        performanceConfig.**          word
        serviceTier.**                word
        {Blocks}
        {SentBack}
        {SchemaTable.Lines}
        """);

    public static FieldMap Response { get; } = FieldMap.Parse($"""
        .                             below assistant
        output.message                message
        output.message.role           word
        output.message.content[]      -> block
        stopReason                    word of end_turn tool_use max_tokens stop_sequence guardrail_intervened content_filtered malformed_model_output malformed_tool_use model_context_window_exceeded
        additionalModelResponseFields record
        additionalModelResponseFields.** text metadata
        trace                         echo record
        trace.**                      opaque -- repeats what a guardrail took out; taken out when the answer changes
        performanceConfig.**          word
        serviceTier.**                word
        metrics.**                    number
        usage.**                      number
        message                       text assistant
        __type                        opaque -- an error code
        {Blocks}
        {Shown}
        """);
}
