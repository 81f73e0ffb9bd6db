using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.NodeSdks;

/// <summary>What the user of an official JavaScript SDK sees of a decision.</summary>
[Collection(ProxyCollection.Name)]
public sealed class NodeSdkPolicyTests(ProxyFixture proxy, NodeFixture node) : IClassFixture<NodeFixture>
{
    [Theory]
    [InlineData("openai", "plain", "stop")]
    [InlineData("openai", "stream", "stop")]
    [InlineData("openai", "accumulate", "stop")]
    [InlineData("anthropic", "plain", "end_turn")]
    [InlineData("anthropic", "stream", "end_turn")]
    [InlineData("anthropic", "accumulate", "end_turn")]
    public async Task AddressInAnswer_IsRedacted(string sdk, string scenario, string finish)
    {
        var seen = await RunAsync(sdk, scenario, $"echo Write to {SyntheticValues.EmailAddress} today. [chunks of 2]");

        Assert.Null(seen.Error);
        Assert.Equal(("Write to [e-mail] today.", finish), (seen.Text, seen.Finish));
    }

    [Theory]
    [InlineData("twice")]
    [InlineData("stream-twice")]
    public async Task AddressInTwoChoices_BothAreRedacted(string scenario)
    {
        var seen = await RunAsync("openai", scenario, $"echo Write to {SyntheticValues.EmailAddress} today.");

        Assert.Equal<IEnumerable<string?>>(["Write to [e-mail] today.", "Write to [e-mail] today."], seen.Texts);
    }

    [Theory]
    [InlineData("openai", "plain")]
    [InlineData("openai", "stream")]
    [InlineData("openai", "accumulate")]
    [InlineData("anthropic", "plain")]
    [InlineData("anthropic", "stream")]
    [InlineData("anthropic", "accumulate")]
    public async Task BlockedPrompt_RaisesBadRequestAndIsNotRetried(string sdk, string scenario)
    {
        var before = proxy.Provider.RequestCount;

        var seen = await RunAsync(sdk, scenario, $"echo My NIF is {SyntheticValues.SpanishNif}.");

        Assert.Equal(("BadRequestError", 400, 1), (seen.Error?.Name, seen.Error?.Status, seen.Requests));
        Assert.Equal(sdk == "openai" ? "content_filter" : null, seen.Error?.Code);
        Assert.DoesNotContain(SyntheticValues.SpanishNif, seen.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(before, proxy.Provider.RequestCount);
    }

    [Theory]
    [InlineData("openai", "plain", "content_filter")]
    [InlineData("openai", "stream", "content_filter")]
    [InlineData("openai", "accumulate", "content_filter")]
    [InlineData("anthropic", "plain", "refusal")]
    [InlineData("anthropic", "stream", "refusal")]
    [InlineData("anthropic", "accumulate", "refusal")]
    public async Task BlockedAnswer_ReportsTheNativeReasonAndIsNotRetried(string sdk, string scenario, string finish)
    {
        var seen = await RunAsync(sdk, scenario, "leak [chunks of 3]");

        Assert.Null(seen.Error);
        Assert.Equal((finish, 1), (seen.Finish, seen.Requests));
        Assert.DoesNotContain("DE89", seen.Text ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai", "tool_calls")]
    [InlineData("anthropic", "tool_use")]
    public async Task AddressInToolCall_IsRedactedAndStaysJson(string sdk, string finish)
    {
        var seen = await RunAsync(sdk, "tool", $$"""tool call get_weather {"city":"{{SyntheticValues.EmailAddress}}"} [chunks of 3]""");

        Assert.Null(seen.Error);
        Assert.Equal(("""{"city":"[e-mail]"}""", finish), (seen.Text, seen.Finish));
    }

    private Task<SdkOutcome> RunAsync(string sdk, string scenario, string prompt) =>
        node.RunAsync(sdk, sdk == "openai" ? proxy.OpenAi : proxy.Anthropic, scenario, prompt);
}
