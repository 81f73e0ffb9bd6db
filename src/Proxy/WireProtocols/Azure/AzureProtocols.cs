using EdgeFilter.Proxy.WireProtocols.OpenAi;

namespace EdgeFilter.Proxy.WireProtocols.Azure;

/// <summary>OpenAI's APIs on Azure: the same bodies on other paths, where the deployment counts and not the model in the body.</summary>
internal static class AzureProtocols
{
    public static IReadOnlyList<WireProtocol> All { get; } =
    [
        Of(OpenAiProtocols.Chat, "azure.chat", "chat/completions"),
        Of(OpenAiProtocols.Completions, "azure.completions", "completions"),
        Of(OpenAiProtocols.Responses, "azure.responses", "responses"),
        Of(OpenAiProtocols.Embeddings, "azure.embeddings", "embeddings"),
        Of(OpenAiProtocols.Images, "azure.images", "images/generations"),
    ];

    private static WireProtocol Of(WireProtocol protocol, string id, string operation) => new(
        $"POST /openai/deployments/{{deployment}}/{operation}", $"POST /openai/v1/{operation}", $"POST /openai/{operation}")
    {
        Id = id,
        Title = $"{protocol.Title} on Azure",
        Families = ["azure"],
        Request = protocol.Request,
        Response = protocol.Response,
        Answers = new AzureAnswers(protocol.Answers),
    };
}
