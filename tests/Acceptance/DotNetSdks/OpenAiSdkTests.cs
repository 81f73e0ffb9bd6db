using System.ClientModel;
using System.Text;
using EdgeFilter.Acceptance.Hosting;
using OpenAI;
using OpenAI.Chat;

namespace EdgeFilter.Acceptance.DotNetSdks;

/// <summary>The official OpenAI .NET SDK.</summary>
[Collection(ProxyCollection.Name)]
public sealed class OpenAiSdkTests(ProxyFixture proxy)
{
    private static readonly ChatTool Weather = ChatTool.CreateFunctionTool("get_weather", "Weather of a city.",
        BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"""));

    private ChatClient Client => new("gpt-x", new ApiKeyCredential("sk-client"), new OpenAIClientOptions { Endpoint = proxy.OpenAi });

    [Fact]
    public async Task Complete_Plain_ReturnsTheAnswer()
    {
        ChatCompletion answer = await Client.CompleteChatAsync("echo Guten Tag, 世界 😀");

        Assert.Equal("Guten Tag, 世界 😀", answer.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        Assert.True(answer.Usage.TotalTokenCount > 0);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" [chunks of 1]")]
    [InlineData(" [chunks of 3] [writes of 5] [pings] [escaped]")]
    public async Task Stream_Plain_AddsUpToTheAnswer(string options)
    {
        var (text, finish) = await StreamAsync("echo Guten Tag, <b>世界</b> & 😀 \"quoted\" \\ end" + options);

        Assert.Equal("Guten Tag, <b>世界</b> & 😀 \"quoted\" \\ end", text);
        Assert.Equal(ChatFinishReason.Stop, finish);
    }

    [Fact]
    public async Task Complete_ToolCall_KeepsNameAndArguments()
    {
        ChatCompletion answer = await Client.CompleteChatAsync(
            [new UserChatMessage("""tool call get_weather {"city":"Rome"}""")], new ChatCompletionOptions { Tools = { Weather } });

        Assert.Equal(ChatFinishReason.ToolCalls, answer.FinishReason);
        Assert.Equal("get_weather", answer.ToolCalls[0].FunctionName);
        Assert.Equal("""{"city":"Rome"}""", answer.ToolCalls[0].FunctionArguments.ToString());
    }

    [Fact]
    public async Task Stream_ToolCall_AddsUpToTheArguments()
    {
        var arguments = new StringBuilder();
        string? name = null;
        await foreach (var update in Client.CompleteChatStreamingAsync(
            [new UserChatMessage("""tool call get_weather {"city":"São \"Paulo\" 😀"} [chunks of 2]""")], new ChatCompletionOptions { Tools = { Weather } }))
        {
            foreach (var call in update.ToolCallUpdates)
            {
                name ??= call.FunctionName;
                arguments.Append(call.FunctionArgumentsUpdate);
            }
        }

        Assert.Equal("get_weather", name);
        Assert.Equal("""{"city":"São \"Paulo\" 😀"}""", arguments.ToString());
    }

    [Fact]
    public async Task Complete_ToolResult_ReachesTheModel()
    {
        ChatCompletion answer = await Client.CompleteChatAsync(
        [
            new UserChatMessage("What is the weather in Rome?"),
            new AssistantChatMessage([ChatToolCall.CreateFunctionToolCall("call_1", "get_weather", BinaryData.FromString("""{"city":"Rome"}"""))]),
            new ToolChatMessage("call_1", "Sunny, 24 degrees."),
        ]);

        Assert.StartsWith("Thank you", answer.Content[0].Text, StringComparison.Ordinal);
        Assert.Contains("Sunny, 24 degrees.", Encoding.UTF8.GetString(proxy.Provider.Received[^1].Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_ProviderRateLimit_IsPassedOnAndRetried()
    {
        var before = proxy.Provider.RequestCount;

        var failure = await Assert.ThrowsAsync<ClientResultException>(() => Client.CompleteChatAsync("error 429 enough for today"));

        Assert.Equal(429, failure.Status);
        Assert.Equal(before + 4, proxy.Provider.RequestCount);
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
