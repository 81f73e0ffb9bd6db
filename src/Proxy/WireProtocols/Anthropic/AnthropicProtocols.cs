using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.OpenAi;

namespace EdgeFilter.Proxy.WireProtocols.Anthropic;

/// <summary>Anthropic's APIs.</summary>
internal static class AnthropicProtocols
{
    // Servers of one's own (vLLM, llama.cpp, LM Studio, Ollama) speak it beside OpenAI's protocols.
    private static readonly string[] Speakers = ["anthropic", "openai", "ollama"];
    private static readonly AnthropicAnswers Answers = new(AnthropicMessagesTables.Response);

    public static WireProtocol Messages { get; } = new("POST /v1/messages", "POST /messages")
    {
        Id = "anthropic.messages",
        Title = "Anthropic Messages",
        Families = Speakers,
        Request = AnthropicMessagesTables.Request,
        Response = AnthropicMessagesTables.Response,
        Answers = Answers,
    };

    public static WireProtocol CountTokens { get; } = new("POST /v1/messages/count_tokens", "POST /messages/count_tokens")
    {
        Id = "anthropic.count_tokens",
        Title = "Anthropic token counting",
        Families = Speakers,
        Request = AnthropicMessagesTables.Request,
        Response = AnthropicMessagesTables.Response,
        Answers = Answers,
    };

    public static WireProtocol Models { get; } = new("GET /v1/models", "GET /v1/models/{model}")
    {
        Id = "anthropic.models",
        Title = "Anthropic lists of models",
        Families = ["anthropic"],
        Request = FieldMap.Empty,
        Response = OpenAiSmallTables.ModelsResponse,
        Answers = Answers,
        HasNoRequestBody = true,
    };

    public static WireProtocol Batch { get; } = new("POST /v1/messages/batches", "POST /messages/batches")
    {
        Id = "anthropic.batches.create",
        Title = "Anthropic message batches, created",
        Families = ["anthropic"],
        Request = AnthropicBatchTables.Request,
        Each = Messages,
        EachAt = AnthropicBatchTables.Request.FieldOf("requests[].params"),
        Response = AnthropicBatchTables.Response,
        Links = [AnthropicBatchTables.Response.FieldOf("batch.results_url")],
        Answers = Answers,
    };

    public static WireProtocol Batches { get; } = new(
        "GET /v1/messages/batches", "GET /v1/messages/batches/{id}", "POST /v1/messages/batches/{id}/cancel", "DELETE /v1/messages/batches/{id}")
    {
        Id = "anthropic.batches",
        Title = "Anthropic message batches, listed",
        Families = ["anthropic"],
        Request = FieldMap.Empty,
        Response = AnthropicBatchTables.Response,
        Links = [AnthropicBatchTables.Response.FieldOf("batch.results_url")],
        Answers = Answers,
        HasNoRequestBody = true,
    };

    public static WireProtocol BatchResults { get; } = new("GET /v1/messages/batches/{id}/results")
    {
        Id = "anthropic.batches.results",
        Title = "Anthropic message batches, results",
        Families = ["anthropic"],
        Request = FieldMap.Empty,
        Response = AnthropicBatchTables.Response,
        AnswerKind = AnswerKind.File,
        Answers = Answers,
        HasNoRequestBody = true,
    };

    /// <summary>The same models at Vertex AI, which names them in its paths.</summary>
    public static WireProtocol AtVertex { get; } = new(
    [
        .. new[] { "v1", "v1beta1" }.SelectMany(version => new[] { "{model}:rawPredict", "{model}:streamRawPredict", "count-tokens:rawPredict" }
            .Select(verb => $"POST /{version}/projects/{{project}}/locations/{{location}}/publishers/anthropic/models/{verb}")),
    ])
    {
        Id = "gemini.anthropic",
        Title = "Anthropic Messages at Vertex AI",
        Families = ["gemini"],
        Request = AnthropicMessagesTables.Request,
        Response = AnthropicMessagesTables.Response,
        Answers = Answers,
    };

    public static IReadOnlyList<WireProtocol> All { get; } = [Messages, CountTokens, Models, Batch, Batches, BatchResults, AtVertex];
}
