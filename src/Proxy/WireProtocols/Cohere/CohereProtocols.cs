namespace EdgeFilter.Proxy.WireProtocols.Cohere;

/// <summary>Cohere's API, version 2.</summary>
internal static class CohereProtocols
{
    private static readonly CohereAnswers Answers = new();

    public static WireProtocol Chat { get; } = new("POST /v2/chat")
    {
        Id = "cohere.chat",
        Title = "Cohere chat",
        Families = ["cohere"],
        Request = CohereTables.ChatRequest,
        Response = CohereTables.ChatResponse,
        Answers = Answers,
    };

    public static WireProtocol Data { get; } = new("POST /v2/embed", "POST /v2/rerank")
    {
        Id = "cohere.data",
        Title = "Cohere embeddings and reranking",
        Families = ["cohere"],
        Request = CohereTables.DataRequest,
        Response = CohereTables.DataResponse,
        Answers = Answers,
    };

    public static IReadOnlyList<WireProtocol> All { get; } = [Chat, Data];
}
