using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.OpenAi;

/// <summary>
/// OpenAI's APIs over WebSockets. Their routes begin with a word that is no HTTP method, so that no request is taken for one. What
/// providers say comes only as events, which are described with the streams.
/// </summary>
internal static class OpenAiSocketProtocols
{
    public static WireProtocol Realtime { get; } = new("ws: /v1/realtime", "ws: /realtime", "ws: /openai/v1/realtime", "ws: /openai/realtime")
    {
        Id = "openai.realtime",
        Title = "OpenAI Realtime over WebSocket",
        Families = ["openai", "azure"],
        Request = OpenAiSocketTables.Realtime,
        Response = FieldMap.Empty,
        Answers = OpenAiProtocols.Responses.Answers,
    };

    public static WireProtocol Responses { get; } = new("ws: /v1/responses", "ws: /responses")
    {
        Id = "openai.responses.socket",
        Title = "OpenAI Responses over WebSocket",
        Families = ["openai"],
        Request = OpenAiSocketTables.Responses,
        Response = FieldMap.Empty,
        Answers = OpenAiProtocols.Responses.Answers,
    };

    public static IReadOnlyList<WireProtocol> All { get; } = [Realtime, Responses];
}
