using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>MCP over server-sent events: each event is one whole JSON-RPC message, a result or a request of the server's.</summary>
internal static class McpStream
{
    public static StreamDescription Description { get; } = new()
    {
        Id = "mcp",
        Framing = StreamFraming.Sse,
        Fields = FieldMap.Parse("""
            jsonrpc                              word
            id                                   opaque
            method                               opaque
            params.progressToken                 opaque
            params.**                            text tool-result
            result.resultType                    word
            result.requestState                  sealed
            result.nextCursor                    opaque
            result.protocolVersion               opaque
            result.capabilities.**               opaque
            result.content[].type                word
            result.content[].data                media
            result.content[].mimeType            word
            result.content[].**                  text tool-result
            result.contents[].blob               media
            result.contents[].mimeType           word
            result.contents[].**                 text tool-result
            result.tools[].name                  opaque -- the client's code knows the tool by it
            result.tools[].**                    text tool-definition
            result.**                            text tool-result
            error.code                           number
            error.message                        text metadata
            error.data.**                        text metadata
            """),
        Channels = [],
        Closes = [],
        MayEndAnywhere = true,
        // Servers of before 2025-03-26 say first where a client must post to.
        LinkEvents = ["endpoint"],
        Remembered = ["id"],
        Ending = new McpEnding(),
    };
}
