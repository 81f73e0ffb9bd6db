using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.Mcp;

namespace EdgeFilter.Proxy.WireProtocols.A2a;

/// <summary>A2A over JSON-RPC: one endpoint, wherever the agent has put it, and the card that says what it can do.</summary>
internal static class A2aProtocols
{
    private static readonly JsonRpcAnswers Answers = new(A2aTables.Request, A2aTables.Response);

    public static WireProtocol Card { get; } = new("GET /.well-known/agent-card.json", "GET /.well-known/agent.json")
    {
        Id = "a2a.card",
        Title = "A2A: what an agent says of itself",
        Families = ["a2a"],
        Request = FieldMap.Empty,
        Response = A2aTables.Card,
        Links = [A2aTables.Card.FieldOf("url"), A2aTables.Card.FieldOf("additionalInterfaces[].url"), A2aTables.Card.FieldOf("supportedInterfaces[].url")],
        Answers = Answers,
        HasNoRequestBody = true,
    };

    public static WireProtocol Message { get; } = new("POST /", "POST /{rest*}")
    {
        Id = "a2a",
        Title = "A2A, between agents, over JSON-RPC",
        Families = ["a2a"],
        Request = A2aTables.Request,
        Response = A2aTables.Response,
        Answers = Answers,
        MayBeSilent = true,
    };

    public static IReadOnlyList<WireProtocol> All { get; } = [Message, Card];
}
