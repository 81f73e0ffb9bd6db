namespace EdgeFilter.Proxy.WireProtocols.OpenAi;

/// <summary>OpenAI's APIs, and those of others who speak them.</summary>
internal static class OpenAiProtocols
{
    private static readonly string[] Speakers = ["openai", "mistral"];

    public static WireProtocol Chat { get; } = new("POST /v1/chat/completions", "POST /chat/completions")
    {
        Id = "openai.chat",
        Title = "OpenAI Chat Completions",
        Families = Speakers,
        Request = OpenAiChatTables.Request,
        Response = OpenAiChatTables.Response,
        Answers = new OpenAiAnswers(OpenAiChatTables.Response),
    };

    public static IReadOnlyList<WireProtocol> All { get; } = [Chat];
}
