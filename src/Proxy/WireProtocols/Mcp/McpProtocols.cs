using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.Mcp;

/// <summary>The Model Context Protocol over HTTP: one endpoint, wherever the server has put it.</summary>
internal static class McpProtocols
{
    private static readonly JsonRpcAnswers Answers = new(McpTables.Message, McpTables.Message);

    public static WireProtocol Message { get; } = new("POST /", "POST /{rest*}")
    {
        Id = "mcp",
        Title = "Model Context Protocol",
        Families = ["mcp"],
        Request = McpTables.Message,
        Response = McpTables.Message,
        Answers = Answers,
        AnswerKind = AnswerKind.Text, // a server that answers over its stream of events says "Accepted" here, as plain text
        CalledTool = McpTables.Message.FieldOf("params.name"),
    };

    /// <summary>What the server says unasked, as events for as long as the client listens; and the end of a session.</summary>
    public static WireProtocol Listen { get; } = new("GET /", "GET /{rest*}", "DELETE /", "DELETE /{rest*}")
    {
        Id = "mcp.listen",
        Title = "Model Context Protocol: listening, and ending a session",
        Families = ["mcp"],
        Request = FieldMap.Empty,
        Response = McpTables.Message,
        Answers = Answers,
        HasNoRequestBody = true,
        StreamsByDefault = true,
        MayBeSilent = true,
    };

    public static IReadOnlyList<WireProtocol> All { get; } = [Message, Listen];
}
