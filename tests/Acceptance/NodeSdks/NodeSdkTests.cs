using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.NodeSdks;

/// <summary>The official JavaScript SDKs, npm <c>openai</c> and <c>@anthropic-ai/sdk</c>.</summary>
[Collection(ProxyCollection.Name)]
public sealed class NodeSdkTests(ProxyFixture proxy, NodeFixture node) : IClassFixture<NodeFixture>
{
    private const string Greeting = "Guten Tag, <b>世界</b> & 😀 \"quoted\" \\ end";

    [Theory]
    [InlineData("openai", "plain", "stop")]
    [InlineData("openai", "stream", "stop")]
    [InlineData("openai", "accumulate", "stop")]
    [InlineData("anthropic", "plain", "end_turn")]
    [InlineData("anthropic", "stream", "end_turn")]
    [InlineData("anthropic", "accumulate", "end_turn")]
    public async Task Answer_Clean_ArrivesUnchanged(string sdk, string scenario, string finish)
    {
        var seen = await RunAsync(sdk, scenario, $"echo {Greeting} [chunks of 2] [pings]");

        Assert.Null(seen.Error);
        Assert.Equal((Greeting, finish), (seen.Text, seen.Finish));
    }

    [Theory]
    [InlineData("openai", "tool_calls")]
    [InlineData("anthropic", "tool_use")]
    public async Task ToolCall_Clean_ArrivesUnchanged(string sdk, string finish)
    {
        var seen = await RunAsync(sdk, "tool", """tool call get_weather {"city":"Rome"} [chunks of 3]""");

        Assert.Null(seen.Error);
        Assert.Equal(("""{"city":"Rome"}""", finish), (seen.Text, seen.Finish));
    }

    [Theory]
    [InlineData("twice")]
    [InlineData("stream-twice")]
    public async Task TwoChoices_Clean_BothArrive(string scenario)
    {
        var seen = await RunAsync("openai", scenario, "echo one answer, two times");

        Assert.Equal<IEnumerable<string?>>(["one answer, two times", "one answer, two times"], seen.Texts);
    }

    [Theory]
    [InlineData("openai", "RateLimitError")]
    [InlineData("anthropic", "RateLimitError")]
    public async Task ProviderRateLimit_IsPassedOn(string sdk, string error)
    {
        var seen = await RunAsync(sdk, "plain", "error 429 enough for today");

        Assert.Equal((error, 429), (seen.Error?.Name, seen.Error?.Status));
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task ClientLeaves_ProviderIsCancelled(string sdk)
    {
        var before = proxy.Provider.AbortedCount;

        await RunAsync(sdk, "leave", "long story 400 [pause 20]");

        Assert.True(await Eventually.HoldsAsync(() => proxy.Provider.AbortedCount > before));
    }

    private Task<SdkOutcome> RunAsync(string sdk, string scenario, string prompt) =>
        node.RunAsync(sdk, sdk == "openai" ? proxy.OpenAi : proxy.Anthropic, scenario, prompt);
}
