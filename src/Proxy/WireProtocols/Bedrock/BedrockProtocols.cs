using EdgeFilter.Proxy.WireProtocols.Anthropic;

namespace EdgeFilter.Proxy.WireProtocols.Bedrock;

/// <summary>AWS Bedrock: Converse for every model, and the vendor's own bodies where we know the vendor.</summary>
internal static class BedrockProtocols
{
    private static readonly string[] AnthropicIds = ["anthropic.", "us.anthropic.", "eu.anthropic.", "apac.anthropic.", "global.anthropic."];
    private static readonly BedrockAnswers Answers = new();

    public static WireProtocol Converse { get; } = new("POST /model/{model}/converse")
    {
        Id = "bedrock.converse",
        Title = "AWS Bedrock Converse",
        Families = ["bedrock"],
        Request = BedrockTables.Request,
        Response = BedrockTables.Response,
        Answers = Answers,
    };

    public static WireProtocol ConverseStream { get; } = new("POST /model/{model}/converse-stream")
    {
        Id = "bedrock.converse_stream",
        Title = "AWS Bedrock ConverseStream",
        Families = ["bedrock"],
        Request = BedrockTables.Request,
        Response = BedrockTables.Response,
        Answers = Answers,
        StreamsByDefault = true,
    };

    public static WireProtocol InvokeAnthropic { get; } = new([.. AnthropicIds.Select(id => $"POST /model/{id}{{model}}/invoke")])
    {
        Id = "bedrock.invoke_anthropic",
        Title = "Anthropic Messages at AWS Bedrock",
        Families = ["bedrock"],
        Request = AnthropicMessagesTables.Request,
        Response = AnthropicMessagesTables.Response,
        Answers = Answers,
    };

    public static IReadOnlyList<WireProtocol> All { get; } = [Converse, ConverseStream, InvokeAnthropic];
}
