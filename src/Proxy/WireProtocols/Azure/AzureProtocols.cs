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
        Stored(OpenAiProtocols.StoredResponses, "azure.responses.stored", "GET responses/{id}", "POST responses/{id}/cancel", "DELETE responses/{id}"),
        Stored(OpenAiProtocols.ResponseItems, "azure.responses.items", "GET responses/{id}/input_items"),
        Stored(OpenAiProtocols.Models, "azure.models", "GET models", "GET models/{model}"),
        Of(OpenAiProtocols.Embeddings, "azure.embeddings", "embeddings"),
        Of(OpenAiProtocols.Images, "azure.images", "images/generations"),
        Of(OpenAiFileProtocols.ImageEdits, "azure.images.edits", "images/edits"),
        Of(OpenAiFileProtocols.Transcriptions, "azure.audio.transcriptions", "audio/transcriptions"),
        Of(OpenAiFileProtocols.Transcriptions, "azure.audio.translations", "audio/translations"),
        Of(OpenAiFileProtocols.Speech, "azure.audio.speech", "audio/speech"),
        Of(OpenAiFileProtocols.Upload, "azure.files.upload", "files"),
        Of(OpenAiFileProtocols.Batch, "azure.batches.create", "batches"),
        Stored(OpenAiFileProtocols.Files, "azure.files", "GET files", "GET files/{id}", "DELETE files/{id}"),
        Stored(OpenAiFileProtocols.Content, "azure.files.content", "GET files/{id}/content"),
        Stored(OpenAiFileProtocols.Batches, "azure.batches", "GET batches", "GET batches/{id}", "POST batches/{id}/cancel"),
    ];

    private static WireProtocol Of(WireProtocol protocol, string id, string operation) => new(
        $"POST /openai/deployments/{{deployment}}/{operation}", $"POST /openai/v1/{operation}", $"POST /openai/{operation}")
    {
        Id = id,
        Title = $"{protocol.Title} on Azure",
        Families = ["azure"],
        Request = protocol.Request,
        Form = protocol.Form,
        TakesJson = protocol.TakesJson,
        Response = protocol.Response,
        AnswerKind = protocol.AnswerKind,
        Answers = new AzureAnswers(protocol.Answers),
    };

    private static WireProtocol Stored(WireProtocol protocol, string id, params string[] operations) => new(
        [.. operations.Select(o => o.Split(' ')).SelectMany(o => new[] { $"{o[0]} /openai/{o[1]}", $"{o[0]} /openai/v1/{o[1]}" })])
    {
        Id = id,
        Title = $"{protocol.Title} on Azure",
        Families = ["azure"],
        Request = protocol.Request,
        Response = protocol.Response,
        AnswerKind = protocol.AnswerKind,
        Answers = new AzureAnswers(protocol.Answers),
        HasNoRequestBody = true,
    };
}
