using EdgeFilter.Proxy.WireProtocols.Anthropic;

namespace EdgeFilter.Proxy.WireProtocols.Bedrock;

/// <summary>AWS Bedrock: Converse for every model, and InvokeModel with the vendors' own bodies.</summary>
internal static class BedrockProtocols
{
    private const string InvokePath = "POST /model/{model}/invoke";
    private const string StreamPath = "POST /model/{model}/invoke-with-response-stream";

    private static readonly string[] Family = ["bedrock"];
    private static readonly BedrockAnswers Answers = new();
    private static readonly BedrockInvokeAnswers AnthropicAnswers = new(new AnthropicAnswers(AnthropicMessagesTables.Response));
    private static readonly BedrockInvokeAnswers OtherAnswers = new(null);

    public static WireProtocol Converse { get; } = new("POST /model/{model}/converse")
    {
        Id = "bedrock.converse",
        Title = "AWS Bedrock Converse",
        Families = Family,
        Request = BedrockTables.Request,
        Response = BedrockTables.Response,
        Answers = Answers,
    };

    public static WireProtocol ConverseStream { get; } = new("POST /model/{model}/converse-stream")
    {
        Id = "bedrock.converse_stream",
        Title = "AWS Bedrock ConverseStream",
        Families = Family,
        Request = BedrockTables.Request,
        Response = BedrockTables.Response,
        Answers = Answers,
        StreamsByDefault = true,
    };

    public static WireProtocol InvokeAnthropic { get; } = new(InvokePath)
    {
        Id = "bedrock.invoke_anthropic",
        Title = "Anthropic models at AWS Bedrock InvokeModel",
        Families = Family,
        Request = AnthropicMessagesTables.Request,
        Response = AnthropicMessagesTables.Response,
        Answers = AnthropicAnswers,
        ForModel = BedrockModels.IsAnthropic,
    };

    public static WireProtocol InvokeAnthropicStream { get; } = new(StreamPath)
    {
        Id = "bedrock.invoke_anthropic_stream",
        Title = "Anthropic models at AWS Bedrock InvokeModelWithResponseStream",
        Families = Family,
        Request = AnthropicMessagesTables.Request,
        Response = AnthropicMessagesTables.Response,
        Answers = AnthropicAnswers,
        ForModel = BedrockModels.IsAnthropic,
        StreamsByDefault = true,
    };

    public static WireProtocol InvokeNova { get; } = new(InvokePath)
    {
        Id = "bedrock.invoke_nova",
        Title = "Amazon Nova at AWS Bedrock InvokeModel",
        Families = Family,
        Request = BedrockTables.Request,
        Response = BedrockTables.Response,
        Answers = Answers,
        ForModel = BedrockModels.IsNova,
    };

    public static WireProtocol InvokeNovaStream { get; } = new(StreamPath)
    {
        Id = "bedrock.invoke_nova_stream",
        Title = "Amazon Nova at AWS Bedrock InvokeModelWithResponseStream",
        Families = Family,
        Request = BedrockTables.Request,
        Response = BedrockTables.Response,
        Answers = Answers,
        ForModel = BedrockModels.IsNova,
        StreamsByDefault = true,
    };

    public static WireProtocol InvokeOther { get; } = new(InvokePath)
    {
        Id = "bedrock.invoke_other",
        Title = "Other vendors' models at AWS Bedrock InvokeModel",
        Families = Family,
        Request = BedrockInvokeTables.Request,
        Response = BedrockInvokeTables.Response,
        Answers = OtherAnswers,
        ForModel = BedrockModels.IsOther,
    };

    public static WireProtocol InvokeOtherStream { get; } = new(StreamPath)
    {
        Id = "bedrock.invoke_other_stream",
        Title = "Other vendors' models at AWS Bedrock InvokeModelWithResponseStream",
        Families = Family,
        Request = BedrockInvokeTables.Request,
        Response = BedrockInvokeTables.Response,
        Answers = OtherAnswers,
        ForModel = BedrockModels.IsOther,
        StreamsByDefault = true,
    };

    public static IReadOnlyList<WireProtocol> All { get; } =
    [
        Converse, ConverseStream, InvokeAnthropic, InvokeAnthropicStream, InvokeNova, InvokeNovaStream, InvokeOther, InvokeOtherStream,
    ];
}
