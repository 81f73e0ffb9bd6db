using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.Mcp;

/// <summary>
/// Where text lives in the Model Context Protocol. Servers may ask too, and clients may answer, so both directions share one
/// description; what a server says is third-party text throughout.
/// </summary>
internal static class McpTables
{
    private const string Rpc = """
        jsonrpc                       opaque -- the protocol's version
        id                            opaque -- ties the answer to its request
        method                        opaque -- what is asked for
        params.name                   opaque tool tool-arguments -- names a tool or prompt
        params.arguments              record below tool-arguments
        params.arguments.**           text tool-arguments
        params.uri                    text tool-arguments
        params.cursor                 opaque -- names a place in a list
        params.protocolVersion        word
        params.level                  word
        params.requestId              opaque -- names a request
        params.progressToken          opaque -- names a request
        params.taskId                 opaque -- names a task
        params.requestState           sealed -- only the server can read it
        params.clientInfo.**          text metadata
        params.capabilities.**        word
        params.messages[]             message
        params.messages[].role        word role of user assistant
        params.messages[].content     -> content
        params.systemPrompt           text system
        params.requestedSchema        -> schema
        params.tools[]                -> tool
        params._meta                  record
        params._meta.**               text metadata
        params.**                     text tool-result
        result.content                message below tool-result
        result.content.type           word
        result.content.text           text tool-result
        result.content.data           media file
        result.content.mimeType       word
        result.content.**             text tool-result
        result.content[]              -> content
        result.structuredContent      record below tool-result
        result.structuredContent.**   text tool-result
        result.isError                number
        result.resultType             word
        result.tools[]                -> tool
        result.resources[]            record
        result.resources[].**         text tool-result
        result.resourceTemplates[]    record
        result.resourceTemplates[].** text tool-result
        result.contents[]             -> content
        result.prompts[]              record
        result.prompts[].**           text tool-definition
        result.messages[]             message below tool-result
        result.messages[].role        word
        result.messages[].content     -> content
        result.description            text tool-result
        result.completion.values[]    text tool-result
        result.instructions           text tool-definition
        result.serverInfo             record
        result.serverInfo.**          text tool-definition
        result.protocolVersion        word
        result.capabilities.**        word
        result.nextCursor             opaque -- names a place in a list
        result.requestState           sealed -- only the server can read it
        result.role                   word
        result.model                  opaque -- names a model
        result.stopReason             word
        result.action                 word
        result._meta                  record
        result._meta.**               text metadata
        result.**                     text tool-result
        error.code                    number
        error.message                 text tool-result
        error.data                    text tool-result
        error.data.**                 text tool-result
        """;

    private const string Shapes = """
        content                       text
        content[]                     -> content
        content.type                  word type of text image audio resource resource_link tool_use tool_result
        content.text                  text
        content.data                  media file
        content.blob                  media file
        content.mimeType              word
        content.uri                   text
        content.name                  text
        content.title                 text
        content.description           text
        content.size                  number
        content.resource              -> content
        content.annotations.**        word
        content.input                 record below tool-arguments
        content.input.**              text tool-arguments
        content.content               -> content
        content.structuredContent     record
        content.structuredContent.**  text tool-result
        content.id                    opaque -- ties the call to its result
        content.toolUseId             opaque -- ties the result to its call
        content.isError               number
        content._meta                 record
        content._meta.**              text metadata
        tool                          record
        tool.name                     opaque tool-definition -- the client's code knows the tool by it
        tool.title                    text tool-definition
        tool.description              text tool-definition
        tool.inputSchema              -> schema
        tool.outputSchema             -> schema
        tool.annotations              record
        tool.annotations.**           text tool-definition
        tool.icons[].src              media image
        tool.icons[].**               word
        tool.**                       opaque tool-definition -- settings of the tool
        """;

    /// <summary>One message, or several in an array.</summary>
    public static FieldMap Message { get; } = FieldMap.Parse($"""
        {Rpc}
        {TableLines.Under("[]", Rpc)}
        {Shapes}
        {SchemaTable.Lines}
        """);
}
