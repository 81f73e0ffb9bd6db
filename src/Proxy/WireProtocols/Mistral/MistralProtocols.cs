using EdgeFilter.Proxy.WireProtocols.OpenAi;

namespace EdgeFilter.Proxy.WireProtocols.Mistral;

/// <summary>Mistral's APIs: OpenAI's bodies, with errors of their own.</summary>
internal static class MistralProtocols
{
    public static IReadOnlyList<WireProtocol> All { get; } =
    [
        Of(OpenAiProtocols.Chat, "mistral.chat", "Mistral chat", "POST /v1/chat/completions"),
        Of(OpenAiProtocols.Completions, "mistral.fim", "Mistral fill-in-the-middle", "POST /v1/fim/completions"),
        Of(OpenAiProtocols.Embeddings, "mistral.embeddings", "Mistral embeddings", "POST /v1/embeddings"),
        Of(OpenAiProtocols.Moderations, "mistral.moderations", "Mistral moderations", "POST /v1/moderations"),
    ];

    private static WireProtocol Of(WireProtocol protocol, string id, string title, string route) => new(route)
    {
        Id = id,
        Title = title,
        Families = ["mistral"],
        Request = protocol.Request,
        Response = protocol.Response,
        Answers = new MistralAnswers(protocol.Answers),
    };
}
