using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.NodeSdks;

/// <summary>
/// The official JavaScript SDKs of Google, Ollama, Cohere, Mistral and AWS, plain, streamed, with tools, blocked and redacted. Each
/// runs once, in one process; the tests look at what its user saw.
/// </summary>
[Collection(ProxyCollection.Name)]
public sealed class ProviderSdkTests(ProxyFixture proxy, ProviderSdkRuns runs) : IClassFixture<ProviderSdkRuns>
{
    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Answer_Clean_ArrivesUnchanged(string sdk, string scenario, string finish) =>
        Assert.Equal((ProviderSdkRuns.Greeting, finish), Said(await SeenAsync(sdk, scenario, ProviderSdkRuns.Clean)));

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task AddressInAnswer_IsRedacted(string sdk, string scenario, string finish) =>
        Assert.Equal(("Write to [e-mail] today.", finish), Said(await SeenAsync(sdk, scenario, ProviderSdkRuns.Address)));

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task CardInPrompt_IsMaskedBeforeTheProviderSeesIt(string sdk, string scenario, string finish)
    {
        var (text, finished) = Said(await SeenAsync(sdk, scenario, ProviderSdkRuns.Card));

        Assert.Equal(finish, finished);
        Assert.EndsWith("1111 is mine.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("4111 1111", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task BlockedPrompt_IsTheProvidersOwnRefusalAndIsNotRetried(string sdk, string scenario, string? error, int? status, string? refusal)
    {
        var seen = await SeenAsync(sdk, scenario, ProviderSdkRuns.BlockedPrompt);

        Assert.Equal((error, status, refusal, 1), (seen.Error?.Name, seen.Error?.Status, seen.Refusal, seen.Requests));
        Assert.Equal("", seen.Text ?? "");
        Assert.DoesNotContain(SyntheticValues.SpanishNif, seen.Error?.Message ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain(proxy.Provider.Received, r => r.Body.AsSpan().IndexOf("12345678Z"u8) >= 0);
    }

    [Theory]
    [MemberData(nameof(BlockedAnswers))]
    public async Task BlockedAnswer_IsTheProvidersOwnAndIsNotRetried(string sdk, string scenario, string? error, string? finish)
    {
        var seen = await SeenAsync(sdk, scenario, ProviderSdkRuns.BlockedAnswer);

        Assert.Equal((error, finish, 1), (seen.Error?.Name, seen.Finish, seen.Requests));
        Assert.DoesNotContain("DE89", seen.Text ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task ToolCall_AddressIsRedactedAndItStaysJson(string sdk, string scenario)
    {
        Assert.Equal("""{"city":"Rome"}""", Said(await SeenAsync(sdk, scenario, ProviderSdkRuns.CleanCall)).Text);
        Assert.Equal("""{"city":"[e-mail]"}""", Said(await SeenAsync(sdk, scenario, ProviderSdkRuns.Call)).Text);
    }

    [Theory]
    [InlineData("gemini", "ApiError")]
    [InlineData("ollama", "ResponseError")]
    [InlineData("cohere", "TooManyRequestsError")]
    [InlineData("mistral", "SDKError")]
    [InlineData("bedrock", "ThrottlingException")]
    public async Task ProviderRateLimit_IsPassedOn(string sdk, string error)
    {
        var seen = await SeenAsync(sdk, "plain", ProviderSdkRuns.RateLimit);

        Assert.Equal((error, 429), (seen.Error?.Name, seen.Error?.Status));
    }

    public static TheoryData<string, string, string> Answers => new()
    {
        { "gemini", "plain", "STOP" }, { "gemini", "stream", "STOP" },
        { "ollama", "plain", "stop" }, { "ollama", "stream", "stop" }, { "ollama", "generate", "stop" },
        { "cohere", "plain", "COMPLETE" }, { "cohere", "stream", "COMPLETE" },
        { "mistral", "plain", "stop" }, { "mistral", "stream", "stop" },
        { "bedrock", "plain", "end_turn" }, { "bedrock", "stream", "end_turn" },
        { "bedrock", "invoke", "end_turn" }, { "bedrock", "invokeStream", "end_turn" },
    };

    public static TheoryData<string, string, string?, int?, string?> Refusals => new()
    {
        { "gemini", "plain", null, null, "PROHIBITED_CONTENT" }, { "gemini", "stream", null, null, "PROHIBITED_CONTENT" },
        { "ollama", "plain", "ResponseError", 400, null }, { "ollama", "stream", "ResponseError", 400, null },
        { "cohere", "plain", "BadRequestError", 400, null }, { "cohere", "stream", "BadRequestError", 400, null },
        { "mistral", "plain", "SDKError", 400, null }, { "mistral", "stream", "SDKError", 400, null },
        { "bedrock", "plain", "ValidationException", 400, null }, { "bedrock", "stream", "ValidationException", 400, null },
        { "bedrock", "invoke", "ValidationException", 400, null }, { "bedrock", "invokeStream", "ValidationException", 400, null },
    };

    public static TheoryData<string, string, string?, string?> BlockedAnswers => new()
    {
        { "gemini", "plain", null, "PROHIBITED_CONTENT" }, { "gemini", "stream", null, "PROHIBITED_CONTENT" },
        { "ollama", "plain", "ResponseError", null }, { "ollama", "stream", "Error", null },
        { "cohere", "plain", "BadRequestError", null }, { "cohere", "stream", null, "ERROR" },
        { "mistral", "plain", null, "content_filter" }, { "mistral", "stream", null, "content_filter" },
        { "bedrock", "plain", null, "content_filtered" }, { "bedrock", "stream", null, "guardrail_intervened" },
        { "bedrock", "invoke", null, "refusal" }, { "bedrock", "invokeStream", null, "refusal" },
    };

    public static TheoryData<string, string> Calls => new()
    {
        { "gemini", "tool" }, { "gemini", "toolStream" }, { "ollama", "tool" }, { "ollama", "toolStream" },
        { "cohere", "tool" }, { "cohere", "toolStream" }, { "mistral", "tool" }, { "mistral", "toolStream" },
        { "bedrock", "tool" }, { "bedrock", "toolStream" },
    };

    private Task<SdkOutcome> SeenAsync(string sdk, string scenario, string prompt) => runs.SeenAsync(proxy, sdk, scenario, prompt);

    private static (string? Text, string? Finish) Said(SdkOutcome seen)
    {
        Assert.Null(seen.Error);
        return (seen.Text, seen.Finish);
    }
}
