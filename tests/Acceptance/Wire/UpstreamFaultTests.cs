using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>A provider that is away, fails in the middle of a stream, or sends what no protocol knows.</summary>
[Collection(ProxyCollection.Name)]
public sealed class UpstreamFaultTests(ProxyFixture proxy) : IDisposable
{
    private readonly WireClient client = new(proxy.Proxy.Url);

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData("drop")]
    [InlineData("error")]
    public async Task ChatStream_ProviderFails_EndsWithAnErrorEvent(string fault)
    {
        var answer = await client.PostAsync(WireClient.Chat, WireClient.Prompt($"long story 3 [{fault} after 9] [pause 10]", stream: true));

        Assert.Contains("data: {\"error\":{", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"finish_reason\":\"stop\"", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("drop")]
    [InlineData("end")]
    [InlineData("error")]
    public async Task MessagesStream_ProviderFails_EndsWithAnErrorEvent(string fault)
    {
        var answer = await client.PostAsync(WireClient.Messages, WireClient.Prompt($"long story 3 [{fault} after 9] [pause 10]", stream: true));

        Assert.Contains("event: error\ndata: {", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("message_stop", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WireClient.Chat, "garbage")]
    [InlineData(WireClient.Chat, "unknown")]
    [InlineData(WireClient.Chat, "huge")]
    [InlineData(WireClient.Messages, "garbage")]
    [InlineData(WireClient.Messages, "unknown")]
    [InlineData(WireClient.Messages, "huge")]
    public async Task Stream_UnheardOfEvent_LetsNothingPastTheFilter(string path, string fault)
    {
        var answer = await client.PostAsync(path, WireClient.Prompt($"long story 2 [{fault} after 3]", stream: true));

        Assert.DoesNotContain(SyntheticValues.EmailAddress, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(SyntheticValues.Iban, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WireClient.Chat, 500)]
    [InlineData(WireClient.Chat, 429)]
    [InlineData(WireClient.Messages, 529)]
    public async Task Error_OfTheProvider_IsPassedOnWithItsStatus(string path, int status)
    {
        var answer = await client.PostAsync(path, WireClient.Prompt($"error {status} busy now"));

        Assert.Equal((status, "busy now"), (answer.Status, answer.ErrorMessage));
    }

    [Fact]
    public async Task Error_ThatQuotesPersonalData_IsFiltered()
    {
        var answer = await client.PostAsync(WireClient.Chat, WireClient.Prompt($"error 400 cannot parse {SyntheticValues.EmailAddress}"));

        Assert.Equal(400, answer.Status);
        Assert.DoesNotContain(SyntheticValues.EmailAddress, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WireClient.Chat)]
    [InlineData(WireClient.Messages)]
    public async Task Provider_Unreachable_IsABadGatewayInTheProtocolsShape(string path)
    {
        await using var alone = await ProxyProcess.StartAsync(new ProxySetup { ProviderUrl = "http://127.0.0.1:9" });
        using var lonely = new WireClient(alone.Url);

        var answer = await lonely.PostAsync(path, WireClient.Prompt("echo hi"));

        Assert.Equal(502, answer.Status);
        Assert.True(answer.ErrorMessage.Length > 10, answer.ToString());
    }
}
