namespace EdgeFilter.Proxy.WireProtocols.Mcp;

/// <summary>The Model Context Protocol over HTTP: one endpoint, wherever the server has put it.</summary>
internal static class McpProtocols
{
    public static WireProtocol Message { get; } = new("POST /", "POST /{rest*}")
    {
        Id = "mcp",
        Title = "Model Context Protocol",
        Families = ["mcp"],
        Request = McpTables.Message,
        Response = McpTables.Message,
        Answers = new McpAnswers(),
    };

    public static IReadOnlyList<WireProtocol> All { get; } = [Message];
}
