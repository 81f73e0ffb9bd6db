using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;
using OpenAI;
using OpenAI.Chat;

namespace EdgeFilter.Acceptance.DotNetSdks;

/// <summary>What the user of the official OpenAI .NET SDK sees of a decision.</summary>
[Collection(ProxyCollection.Name)]
public sealed class OpenAiSdkPolicyTests(ProxyFixture proxy) : IDisposable
{
    private readonly CountingHandler sent = new();

    private ChatClient Client => new("gpt-x", new ApiKeyCredential("sk-client"),
        new OpenAIClientOptions { Endpoint = proxy.OpenAi, Transport = new HttpClientPipelineTransport(new HttpClient(sent, disposeHandler: false)) });

    public void Dispose() => sent.Dispose();

    [Fact]
    public async Task Complete_AddressInAnswer_IsRedacted()
    {
        ChatCompletion answer = await Client.CompleteChatAsync($"echo Write to {SyntheticValues.EmailAddress} today.");

        Assert.Equal("Write to [e-mail] today.", answer.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" [chunks of 1]")]
    [InlineData(" [chunks of 7] [writes of 3] [pings] [escaped]")]
    public async Task Stream_AddressInAnswer_IsRedactedAtEveryCut(string options)
    {
        var (text, finish) = await StreamAsync($"echo Schön: write to {SyntheticValues.EmailAddress} today." + options);

        Assert.Equal("Schön: write to [e-mail] today.", text);
        Assert.Equal(ChatFinishReason.Stop, finish);
    }

    [Fact]
    public async Task Complete_CardInPrompt_ReachesTheProviderMasked()
    {
        await Client.CompleteChatAsync($"echo My card is {SyntheticValues.PaymentCard}, thanks.");

        var received = Encoding.UTF8.GetString(proxy.Provider.Received[^1].Body);
        Assert.DoesNotContain(SyntheticValues.PaymentCard, received, StringComparison.Ordinal);
        Assert.Contains("1111, thanks.", received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_BlockedPrompt_RaisesBadRequestOnceAndNeverLeaves()
    {
        var before = proxy.Provider.RequestCount;

        var failure = await Assert.ThrowsAsync<ClientResultException>(() => Client.CompleteChatAsync($"echo My NIF is {SyntheticValues.SpanishNif}."));

        Assert.Equal(400, failure.Status);
        Assert.Contains("content_filter", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(SyntheticValues.SpanishNif, failure.Message, StringComparison.Ordinal);
        Assert.Equal((1, before), (sent.Count, proxy.Provider.RequestCount));
    }

    [Fact]
    public async Task Stream_BlockedPrompt_RaisesBadRequestOnce()
    {
        var failure = await Assert.ThrowsAsync<ClientResultException>(() => StreamAsync($"echo My NIF is {SyntheticValues.SpanishNif}."));

        Assert.Equal((400, 1), (failure.Status, sent.Count));
    }

    [Fact]
    public async Task Complete_BlockedAnswer_ReportsContentFilterOnce()
    {
        var before = proxy.Provider.RequestCount;

        ChatCompletion answer = await Client.CompleteChatAsync("leak");

        Assert.Equal(ChatFinishReason.ContentFilter, answer.FinishReason);
        Assert.DoesNotContain(SyntheticValues.Iban, string.Concat(answer.Content.Select(part => part.Text)), StringComparison.Ordinal);
        Assert.Equal((1, before + 1), (sent.Count, proxy.Provider.RequestCount));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" [chunks of 1]")]
    [InlineData(" [chunks of 5] [writes of 2]")]
    public async Task Stream_BlockedAnswer_EndsWithContentFilterOnce(string options)
    {
        var (text, finish) = await StreamAsync("leak" + options);

        Assert.Equal(ChatFinishReason.ContentFilter, finish);
        Assert.StartsWith("Here is the customer's record. E-mail: [e-mail].", text, StringComparison.Ordinal);
        Assert.DoesNotContain("DE89", text, StringComparison.Ordinal);
        Assert.DoesNotContain(SyntheticValues.EmailAddress, text, StringComparison.Ordinal);
        Assert.Equal(1, sent.Count);
    }

    [Fact]
    public async Task Stream_AddressInToolArguments_IsRedactedAndStaysJson()
    {
        var arguments = new StringBuilder();
        await foreach (var update in Client.CompleteChatStreamingAsync(
            $$"""tool call send_mail {"to":"{{SyntheticValues.EmailAddress}}","text":"a \"quoted\" word"} [chunks of 3]"""))
        {
            foreach (var call in update.ToolCallUpdates)
            {
                arguments.Append(call.FunctionArgumentsUpdate);
            }
        }

        Assert.Equal("""{"to":"[e-mail]","text":"a \"quoted\" word"}""", arguments.ToString());
    }

    private async Task<(string Text, ChatFinishReason? Finish)> StreamAsync(string prompt)
    {
        var text = new StringBuilder();
        ChatFinishReason? finish = null;
        await foreach (var update in Client.CompleteChatStreamingAsync(prompt))
        {
            text.Append(string.Concat(update.ContentUpdate.Select(part => part.Text)));
            finish ??= update.FinishReason;
        }

        return (text.ToString(), finish);
    }
}
