using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.Ollama;

/// <summary>Ollama's own API. Paths that change models are not among these: they are refused unless configuration lists them.</summary>
internal static class OllamaProtocols
{
    private static readonly OllamaAnswers Answers = new();

    public static WireProtocol Chat { get; } = new("POST /api/chat")
    {
        Id = "ollama.chat",
        Title = "Ollama chat",
        Families = ["ollama"],
        Request = OllamaTables.Request,
        Response = OllamaTables.Response,
        Answers = Answers,
        StreamsByDefault = true,
    };

    public static WireProtocol Generate { get; } = new("POST /api/generate")
    {
        Id = "ollama.generate",
        Title = "Ollama generate",
        Families = ["ollama"],
        Request = OllamaTables.Request,
        Response = OllamaTables.Response,
        Answers = Answers,
        StreamsByDefault = true,
    };

    public static WireProtocol Embed { get; } = new("POST /api/embed", "POST /api/embeddings")
    {
        Id = "ollama.embed",
        Title = "Ollama embeddings",
        Families = ["ollama"],
        Request = OllamaTables.Request,
        Response = OllamaTables.Response,
        Answers = Answers,
    };

    public static WireProtocol Models { get; } = new("GET /api/tags", "GET /api/ps", "GET /api/version")
    {
        Id = "ollama.models",
        Title = "Ollama lists of models",
        Families = ["ollama"],
        Request = FieldMap.Empty,
        Response = OllamaTables.Models,
        Answers = Answers,
        HasNoRequestBody = true,
    };

    public static IReadOnlyList<WireProtocol> All { get; } = [Chat, Generate, Embed, Models];
}
