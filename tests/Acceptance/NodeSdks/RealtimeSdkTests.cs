using System.Text;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.NodeSdks;

/// <summary>OpenAI's SDK over the Realtime API's WebSocket, which it opens only with TLS: what it says and hears, in text, speech and tool calls.</summary>
public sealed class RealtimeSdkTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private const string Address = $"echo Write to {SyntheticValues.EmailAddress} today. [chunks of 2]";
    private const string Card = $"echo {SyntheticValues.PaymentCard} is mine.";
    private const string Call = $$"""tool call get_weather {"city":"{{SyntheticValues.EmailAddress}}"} [chunks of 3]""";
    private const string BlockedPrompt = $"echo My NIF is {SyntheticValues.SpanishNif}.";

    [Fact]
    public async Task Session_IsFilteredBothWays_AndGoesOnAfterARefusal()
    {
        using var certificate = new TestCertificate();
        await using var provider = await SimulatedProvider.StartAsync();
        await using var proxy = await ProxyProcess.StartAsync(new ProxySetup { ProviderUrl = provider.Url, CertificateFile = certificate.KeyedFile });
        (string, string)[] wanted =
        [
            ("text", "echo Hello, 世界 😀 [chunks of 2]"), ("text", Address), ("audio", Address), ("text", Card), ("text", Call),
            ("twice", BlockedPrompt), ("twice", "leak [chunks of 3]"),
        ];

        var seen = await node.RunAllAsync("realtime", new Uri(proxy.Url, "/openai"), wanted, trusted: certificate.PublicFile);

        Assert.All(seen.Take(5), s => Assert.Null(s.Error));
        Assert.Equal(
            [("Hello, 世界 😀", "completed"), ("Write to [e-mail] today.", "completed"), ("Write to [e-mail] today.", "completed")],
            seen.Take(3).Select(s => (s.Text, s.Finish)));
        Assert.All(seen.Take(5), s => Assert.Equal((s.Text, s.Text), (s.Texts[0], s.Refusal)));
        Assert.EndsWith("1111 is mine.", seen[3].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("4111", seen[3].Text, StringComparison.Ordinal);
        Assert.Equal("""{"city":"[e-mail]"}""", seen[4].Text);

        // A refused event: the client's own name for it comes back, the provider never sees it, and the session goes on.
        Assert.Equal(("event", "content_filter", "still here"), (seen[5].Error?.Name, seen[5].Error?.Code, seen[5].Texts[1]));
        Assert.StartsWith("client_0", seen[5].Error!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(provider.Received, r => Encoding.UTF8.GetString(r.Body).Contains(SyntheticValues.SpanishNif, StringComparison.Ordinal));

        // A stopped answer: a prefix, the native reason, and the next turn is whole.
        Assert.Equal(("completed", "still here"), (seen[6].Finish, seen[6].Texts[1]));
        Assert.Contains("[e-mail]", seen[6].Texts[0], StringComparison.Ordinal);
        Assert.DoesNotContain("DE89", seen[6].Texts[0], StringComparison.Ordinal);
        Assert.Equal("content_filter", seen[6].Error?.Code);
        Assert.Contains(provider.Received, r => Encoding.UTF8.GetString(r.Body).Contains("response.cancel", StringComparison.Ordinal));
    }
}
