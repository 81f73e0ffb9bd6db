using System.Text;
using System.Text.RegularExpressions;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>What no rule changes arrives byte for byte, and what one changes, changes nowhere else.</summary>
[Collection(ProxyCollection.Name)]
public sealed partial class TransparencyTests(ProxyFixture proxy) : IDisposable
{
    // Odd but valid: spacing, escapes, number spellings, unknown fields, key order.
    private const string Odd =
        """
        { "temperature" : 1.0e0,"messages":[ {"content":[{"text":"echo \u0041 \/ < > & ' é 😀 PLACE","type":"text"}],"role":"user"}  ]
          ,"model":"m", "max_tokens":100, "x_custom":{"n":1E2,"z":[null,true]} }
        """;

    private readonly WireClient client = new(proxy.Proxy.Url);
    private readonly WireClient direct = new(new Uri(proxy.Provider.Url));

    public void Dispose()
    {
        client.Dispose();
        direct.Dispose();
    }

    [Theory]
    [InlineData(WireClient.Chat)]
    [InlineData(WireClient.Messages)]
    public async Task Request_Clean_ArrivesByteForByte(string path)
    {
        await client.PostAsync(path, Odd);

        Assert.Equal(Odd, Encoding.UTF8.GetString(proxy.Provider.Received[^1].Body));
    }

    [Theory]
    [InlineData(WireClient.Chat)]
    [InlineData(WireClient.Messages)]
    public async Task Request_WithCard_ChangesNothingButTheCard(string path)
    {
        await client.PostAsync(path, Odd.Replace("PLACE", $"{SyntheticValues.PaymentCard} PLACE", StringComparison.Ordinal));

        var received = Encoding.UTF8.GetString(proxy.Provider.Received[^1].Body);
        var at = Odd.IndexOf("PLACE", StringComparison.Ordinal);
        Assert.Equal(Odd[..at], received[..at]);
        Assert.EndsWith("1111 " + Odd[at..], received, StringComparison.Ordinal);
        Assert.DoesNotContain(SyntheticValues.PaymentCard, received, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WireClient.Chat)]
    [InlineData(WireClient.Messages)]
    public async Task Answer_Clean_ArrivesByteForByte(string path) => await SameAsync(client, path, stream: false);

    /// <summary>Rules on outputs hold a word back until it is complete; without any, events arrive as they were cut.</summary>
    [Fact]
    public async Task Stream_NoRuleForOutputs_ArrivesByteForByte()
    {
        await using var unruled = await ProxyProcess.StartAsync(new ProxySetup
        {
            ProviderUrl = proxy.Provider.Url,
            PolicyFiles = [Repository.PathOf("tests", "Acceptance", "policies", "prompts-only.yaml")],
        });
        using var through = new WireClient(unruled.Url);

        await SameAsync(through, WireClient.Chat, stream: true);
        await SameAsync(through, WireClient.Messages, stream: true);
    }

    private async Task SameAsync(WireClient through, string path, bool stream)
    {
        var prompt = WireClient.Prompt("echo Grüße, <b>Welt</b> 😀, it's ordinary prose [escaped] [chunks of 3] [pings]", stream);

        var filtered = await through.PostAsync(path, prompt);
        var without = await direct.PostAsync(path, prompt);

        Assert.Equal(WithoutNumbers(without.Text), WithoutNumbers(filtered.Text));
        Assert.Equal((without.Status, without.ContentType), (filtered.Status, filtered.ContentType));
    }

    // The simulated provider numbers its answers.
    private static string WithoutNumbers(string text) => AnswerNumber.Replace(text, "$1N");

    [GeneratedRegex("(chatcmpl-|msg_)[0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AnswerNumber { get; }
}
