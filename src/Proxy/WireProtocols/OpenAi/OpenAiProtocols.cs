using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.OpenAi;

/// <summary>OpenAI's APIs, and those of others who speak them.</summary>
internal static class OpenAiProtocols
{
    private static readonly string[] Speakers = ["openai", "ollama"];
    private static readonly OpenAiAnswers Errors = new();
    private static readonly OpenAiChatAnswers ChatAnswers = new();
    private static readonly OpenAiResponseAnswers ResponseAnswers = new();

    public static WireProtocol Chat { get; } = new("POST /v1/chat/completions", "POST /chat/completions")
    {
        Id = "openai.chat",
        Title = "OpenAI Chat Completions",
        Families = Speakers,
        Request = OpenAiChatTables.Request,
        Response = OpenAiChatTables.Response,
        Answers = ChatAnswers,
    };

    public static WireProtocol StoredChat { get; } = new("GET /v1/chat/completions/{id}", "GET /chat/completions/{id}")
    {
        Id = "openai.chat.stored",
        Title = "OpenAI Chat Completions, read again from storage",
        Families = Speakers,
        Request = FieldMap.Empty,
        Response = OpenAiChatTables.Response,
        Answers = ChatAnswers,
        HasNoRequestBody = true,
    };

    public static WireProtocol Completions { get; } = new("POST /v1/completions", "POST /completions", "POST /completion", "POST /infill")
    {
        Id = "openai.completions",
        Title = "OpenAI Completions (legacy)",
        Families = Speakers,
        Request = OpenAiCompletionTables.Request,
        Response = OpenAiCompletionTables.Response,
        Answers = new OpenAiCompletionAnswers(),
    };

    public static WireProtocol Responses { get; } = new(
        "POST /v1/responses", "POST /responses", "POST /v1/responses/input_tokens", "POST /responses/input_tokens",
        "POST /v1/responses/compact", "POST /responses/compact")
    {
        Id = "openai.responses",
        Title = "OpenAI Responses",
        Families = Speakers,
        Request = OpenAiResponsesTables.Request,
        Response = OpenAiResponsesTables.Response,
        Answers = ResponseAnswers,
    };

    public static WireProtocol StoredResponses { get; } = new(
        "GET /v1/responses/{id}", "GET /responses/{id}", "POST /v1/responses/{id}/cancel", "POST /responses/{id}/cancel",
        "DELETE /v1/responses/{id}", "DELETE /responses/{id}")
    {
        Id = "openai.responses.stored",
        Title = "OpenAI Responses, read again from storage",
        Families = Speakers,
        Request = FieldMap.Empty,
        Response = OpenAiResponsesTables.Response,
        Answers = ResponseAnswers,
        HasNoRequestBody = true,
    };

    public static WireProtocol ResponseItems { get; } = new("GET /v1/responses/{id}/input_items", "GET /responses/{id}/input_items")
    {
        Id = "openai.responses.items",
        Title = "OpenAI Responses, stored input items",
        Families = Speakers,
        Request = FieldMap.Empty,
        Response = OpenAiResponsesTables.ItemList,
        Answers = Errors,
        HasNoRequestBody = true,
    };

    public static WireProtocol Embeddings { get; } = new("POST /v1/embeddings", "POST /embeddings", "POST /embedding")
    {
        Id = "openai.embeddings",
        Title = "OpenAI Embeddings",
        Families = Speakers,
        Request = OpenAiSmallTables.EmbeddingRequest,
        Response = OpenAiSmallTables.EmbeddingResponse,
        Answers = Errors,
    };

    public static WireProtocol Moderations { get; } = new("POST /v1/moderations", "POST /moderations")
    {
        Id = "openai.moderations",
        Title = "OpenAI Moderations",
        Families = Speakers,
        Request = OpenAiSmallTables.ModerationRequest,
        Response = OpenAiSmallTables.ModerationResponse,
        Answers = Errors,
    };

    public static WireProtocol Images { get; } = new("POST /v1/images/generations", "POST /images/generations")
    {
        Id = "openai.images",
        Title = "OpenAI Images (JSON)",
        Families = Speakers,
        Request = OpenAiSmallTables.ImageRequest,
        Response = OpenAiSmallTables.ImageResponse,
        Answers = Errors,
    };

    public static WireProtocol Models { get; } = new("GET /v1/models", "GET /models", "GET /v1/models/{model}", "GET /models/{model}")
    {
        Id = "openai.models",
        Title = "Lists of models",
        Families = [.. Speakers, "mistral"],
        Request = FieldMap.Empty,
        Response = OpenAiSmallTables.ModelsResponse,
        Answers = Errors,
        HasNoRequestBody = true,
    };

    public static IReadOnlyList<WireProtocol> All { get; } =
        [Chat, StoredChat, .. OpenAiConversations.All, .. OpenAiAssistants.All, .. LlamaCppProtocols.All, Completions, Responses, StoredResponses, ResponseItems, Embeddings, Moderations, Images, Models];
}
