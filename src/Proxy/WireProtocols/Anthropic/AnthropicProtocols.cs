using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.OpenAi;

namespace EdgeFilter.Proxy.WireProtocols.Anthropic;

/// <summary>Anthropic's APIs.</summary>
internal static class AnthropicProtocols
{
    private static readonly AnthropicAnswers Answers = new(AnthropicMessagesTables.Response);

    public static WireProtocol Messages { get; } = new("POST /v1/messages", "POST /messages")
    {
        Id = "anthropic.messages",
        Title = "Anthropic Messages",
        Families = ["anthropic"],
        Request = AnthropicMessagesTables.Request,
        Response = AnthropicMessagesTables.Response,
        Answers = Answers,
    };

    public static WireProtocol CountTokens { get; } = new("POST /v1/messages/count_tokens", "POST /messages/count_tokens")
    {
        Id = "anthropic.count_tokens",
        Title = "Anthropic token counting",
        Families = ["anthropic"],
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

    public static IReadOnlyList<WireProtocol> All { get; } = [Messages, CountTokens, Models];
}
