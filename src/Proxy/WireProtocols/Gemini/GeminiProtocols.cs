using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.OpenAi;

namespace EdgeFilter.Proxy.WireProtocols.Gemini;

/// <summary>Google's Gemini API and Vertex AI.</summary>
internal static class GeminiProtocols
{
    private static readonly string[] Versions = ["v1", "v1beta", "v1alpha", "v1beta1"];
    private static readonly GeminiAnswers Errors = new(generates: false);

    public static WireProtocol Generate { get; } = new(Paths("generateContent"))
    {
        Id = "gemini.generate",
        Title = "Gemini and Vertex AI generateContent",
        Families = ["gemini"],
        Request = GeminiTables.Request,
        Response = GeminiTables.Response,
        Answers = new GeminiAnswers(generates: true),
    };

    /// <summary>Always streams: as events with <c>alt=sse</c>, as a JSON array without.</summary>
    public static WireProtocol Stream { get; } = new(Paths("streamGenerateContent"))
    {
        Id = "gemini.stream",
        Title = "Gemini and Vertex AI streamGenerateContent",
        Families = ["gemini"],
        Request = GeminiTables.Request,
        Response = GeminiTables.Response,
        Answers = new GeminiAnswers(generates: true, isStream: true),
        StreamsByDefault = true,
    };

    public static WireProtocol CountTokens { get; } = new([.. Paths("countTokens"), .. Versions.Select(v => $"POST /{v}/cachedContents")])
    {
        Id = "gemini.count_tokens",
        Title = "Gemini token counting and storing of contents",
        Families = ["gemini"],
        Request = GeminiTables.Request,
        Response = GeminiTables.Response,
        Answers = Errors,
    };

    public static WireProtocol Embed { get; } = new([.. Paths("embedContent"), .. Paths("batchEmbedContents")])
    {
        Id = "gemini.embed",
        Title = "Gemini embeddings",
        Families = ["gemini"],
        Request = GeminiTables.EmbedRequest,
        Response = GeminiTables.Response,
        Answers = Errors,
    };

    public static WireProtocol Models { get; } = new([.. Versions.Select(v => $"GET /{v}/models")])
    {
        Id = "gemini.models",
        Title = "Gemini lists of models",
        Families = ["gemini"],
        Request = FieldMap.Empty,
        Response = GeminiTables.Models,
        Answers = Errors,
        HasNoRequestBody = true,
    };

    public static WireProtocol Chat { get; } = new([.. Versions.Select(v => $"POST /{v}/openai/chat/completions")])
    {
        Id = "gemini.chat",
        Title = "OpenAI Chat Completions at Gemini",
        Families = ["gemini"],
        Request = OpenAiProtocols.Chat.Request,
        Response = OpenAiProtocols.Chat.Response,
        Answers = OpenAiProtocols.Chat.Answers,
    };

    public static IReadOnlyList<WireProtocol> All { get; } = [Generate, Stream, CountTokens, Embed, Models, Chat];

    private static string[] Paths(string verb) =>
    [
        .. Versions.SelectMany(v => new[]
        {
            $"POST /{v}/models/{{model}}:{verb}",
            $"POST /{v}/tunedModels/{{model}}:{verb}",
            $"POST /{v}/publishers/google/models/{{model}}:{verb}",
            $"POST /{v}/projects/{{project}}/locations/{{location}}/publishers/google/models/{{model}}:{verb}",
        }),
    ];
}
