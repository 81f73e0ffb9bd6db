using System.Text;
using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.DotNetSdks;

/// <summary>What the user of the official Anthropic .NET SDK sees of a decision.</summary>
[Collection(ProxyCollection.Name)]
public sealed class AnthropicSdkPolicyTests(ProxyFixture proxy) : IDisposable
{
    private readonly CountingHandler sent = new();

    private AnthropicClient Client => new()
    {
        BaseUrl = proxy.Anthropic.ToString(),
        ApiKey = "sk-ant-client",
        HttpClient = new HttpClient(sent, disposeHandler: false),
    };

    public void Dispose() => sent.Dispose();

    [Fact]
    public async Task Create_AddressInAnswer_IsRedacted()
    {
        var message = await Client.Messages.Create(Prompt($"echo Write to {SyntheticValues.EmailAddress} today."));

        Assert.True(message.Content[0].TryPickText(out var block));
        Assert.Equal("Write to [e-mail] today.", block.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" [chunks of 1]")]
    [InlineData(" [chunks of 7] [writes of 3] [pings] [escaped]")]
    public async Task Stream_AddressInAnswer_IsRedactedAtEveryCut(string options)
    {
        var (text, stop) = await StreamAsync($"echo Schön: write to {SyntheticValues.EmailAddress} today." + options);

        Assert.Equal("Schön: write to [e-mail] today.", text);
        Assert.Equal(StopReason.EndTurn, stop);
    }

    [Fact]
    public async Task Create_BlockedPrompt_RaisesBadRequestOnceAndNeverLeaves()
    {
        var before = proxy.Provider.RequestCount;

        var failure = await Assert.ThrowsAsync<AnthropicBadRequestException>(
            () => Client.Messages.Create(Prompt($"echo My NIF is {SyntheticValues.SpanishNif}.")));

        Assert.DoesNotContain(SyntheticValues.SpanishNif, failure.ToString(), StringComparison.Ordinal);
        Assert.Equal((1, before), (sent.Count, proxy.Provider.RequestCount));
    }

    [Fact]
    public async Task Create_BlockedAnswer_ReportsRefusalOnce()
    {
        var message = await Client.Messages.Create(Prompt("leak"));

        Assert.Equal(StopReason.Refusal, message.StopReason!.Value());
        Assert.DoesNotContain("DE89", message.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, sent.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" [chunks of 1]")]
    [InlineData(" [chunks of 5] [writes of 2]")]
    public async Task Stream_BlockedAnswer_EndsWithRefusalOnce(string options)
    {
        var (text, stop) = await StreamAsync("leak" + options);

        Assert.Equal(StopReason.Refusal, stop);
        Assert.StartsWith("Here is the customer's record. E-mail: [e-mail].", text, StringComparison.Ordinal);
        Assert.DoesNotContain("DE89", text, StringComparison.Ordinal);
        Assert.Equal(1, sent.Count);
    }

    [Fact]
    public async Task Stream_AddressInToolInput_IsRedactedAndStaysJson()
    {
        var input = new StringBuilder();
        await foreach (var item in Client.Messages.CreateStreaming(
            Prompt($$"""tool call send_mail {"to":"{{SyntheticValues.EmailAddress}}","text":"a \"quoted\" word"} [chunks of 3]""")))
        {
            if (item.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickInputJson(out var fragment))
            {
                input.Append(fragment.PartialJson);
            }
        }

        Assert.Equal("""{"to":"[e-mail]","text":"a \"quoted\" word"}""", input.ToString());
    }

    private static MessageCreateParams Prompt(string text) => new()
    {
        MaxTokens = 1024,
        Model = "claude-x",
        Messages = [new UserMessageParam(text)],
    };

    private async Task<(string Text, StopReason? Stop)> StreamAsync(string prompt)
    {
        var text = new StringBuilder();
        StopReason? stop = null;
        await foreach (var item in Client.Messages.CreateStreaming(Prompt(prompt)))
        {
            if (item.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var piece))
            {
                text.Append(piece.Text);
            }
            else if (item.TryPickDelta(out var end))
            {
                stop = end.Delta.StopReason?.Value();
            }
        }

        return (text.ToString(), stop);
    }
}
