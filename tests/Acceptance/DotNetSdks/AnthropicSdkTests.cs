using System.Text;
using Anthropic;
using Anthropic.Models.Messages;
using EdgeFilter.Acceptance.Hosting;

namespace EdgeFilter.Acceptance.DotNetSdks;

/// <summary>The official Anthropic .NET SDK.</summary>
[Collection(ProxyCollection.Name)]
public sealed class AnthropicSdkTests(ProxyFixture proxy)
{
    private AnthropicClient Client => new() { BaseUrl = proxy.Anthropic.ToString(), ApiKey = "sk-ant-client" };

    [Fact]
    public async Task Create_Plain_ReturnsTheAnswer()
    {
        var message = await Client.Messages.Create(Prompt("echo Guten Tag, 世界 😀"));

        Assert.True(message.Content[0].TryPickText(out var block));
        Assert.Equal("Guten Tag, 世界 😀", block.Text);
        Assert.Equal(StopReason.EndTurn, message.StopReason!.Value());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" [chunks of 1]")]
    [InlineData(" [chunks of 3] [writes of 5] [pings] [escaped]")]
    public async Task Stream_Plain_AddsUpToTheAnswer(string options)
    {
        var (text, stop) = await StreamAsync("echo Guten Tag, <b>世界</b> & 😀 \"quoted\" \\ end" + options);

        Assert.Equal("Guten Tag, <b>世界</b> & 😀 \"quoted\" \\ end", text);
        Assert.Equal(StopReason.EndTurn, stop);
    }

    [Fact]
    public async Task Create_ToolCall_KeepsNameAndInput()
    {
        var message = await Client.Messages.Create(Prompt("""tool call get_weather {"city":"Rome"}"""));

        Assert.True(message.Content[0].TryPickToolUse(out var call));
        Assert.Equal(("get_weather", "Rome"), (call.Name, call.Input["city"].GetString()));
        Assert.Equal(StopReason.ToolUse, message.StopReason!.Value());
    }

    [Fact]
    public async Task Stream_ToolCall_AddsUpToTheInput()
    {
        var input = new StringBuilder();
        await foreach (var item in Client.Messages.CreateStreaming(Prompt("""tool call get_weather {"city":"São \"Paulo\" 😀"} [chunks of 2]""")))
        {
            if (item.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickInputJson(out var fragment))
            {
                input.Append(fragment.PartialJson);
            }
        }

        Assert.Equal("""{"city":"São \"Paulo\" 😀"}""", input.ToString());
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
