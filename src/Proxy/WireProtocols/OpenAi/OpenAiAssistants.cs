using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.OpenAi;

/// <summary>OpenAI's Assistants: what is put into threads and runs is a prompt, what is read again an answer.</summary>
internal static class OpenAiAssistants
{
    private static readonly string[] Speakers = ["openai", "azure"];
    private static readonly OpenAiAnswers Answers = new();

    public static WireProtocol Write { get; } = new(Paths(
        "POST",
        "/assistants", "/assistants/{id}", "/threads", "/threads/runs", "/threads/{id}", "/threads/{id}/messages", "/threads/{id}/messages/{message}",
        "/threads/{id}/runs", "/threads/{id}/runs/{run}", "/threads/{id}/runs/{run}/submit_tool_outputs"))
    {
        Id = "openai.assistants",
        Title = "OpenAI Assistants",
        Families = Speakers,
        Request = OpenAiAssistantTables.Request,
        Response = OpenAiAssistantTables.Response,
        Answers = Answers,
    };

    public static WireProtocol Read { get; } = new(
    [
        .. Paths(
            "GET",
            "/assistants", "/assistants/{id}", "/threads/{id}", "/threads/{id}/messages", "/threads/{id}/messages/{message}", "/threads/{id}/runs",
            "/threads/{id}/runs/{run}", "/threads/{id}/runs/{run}/steps", "/threads/{id}/runs/{run}/steps/{step}"),
        .. Paths("DELETE", "/assistants/{id}", "/threads/{id}", "/threads/{id}/messages/{message}"),
        .. Paths("POST", "/threads/{id}/runs/{run}/cancel"),
    ])
    {
        Id = "openai.assistants.stored",
        Title = "OpenAI Assistants, read again from storage",
        Families = Speakers,
        Request = FieldMap.Empty,
        Response = OpenAiAssistantTables.Response,
        Answers = Answers,
        HasNoRequestBody = true,
    };

    public static IReadOnlyList<WireProtocol> All { get; } = [Write, Read];

    private static string[] Paths(string method, params string[] paths) =>
        [.. paths.SelectMany(path => new[] { $"{method} /v1{path}", $"{method} {path}", $"{method} /openai/v1{path}", $"{method} /openai{path}" })];
}
