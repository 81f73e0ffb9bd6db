using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;
using EdgeFilter.Proxy.Simulation;
using EdgeFilter.Testing;

namespace EdgeFilter.Proxy.Tests.Simulation;

public sealed class SimulatedProviderTests : IAsyncLifetime
{
    private readonly HttpClient client = new();
    private SimulatedProvider provider = null!;

    public async Task InitializeAsync() => provider = await SimulatedProvider.StartAsync();

    public async Task DisposeAsync()
    {
        client.Dispose();
        await provider.DisposeAsync();
    }

    [Fact]
    public async Task ChatCompletion_TwoChoices_AnswersBoth()
    {
        var answer = await PostAsync("/v1/chat/completions", Chat("echo Grüße", stream: false, n: 2));

        Assert.Equal("chat.completion", (string?)answer["object"]);
        Assert.Equal(["Grüße", "Grüße"], answer["choices"]!.AsArray().Select(choice => (string?)choice!["message"]!["content"]));
        Assert.Equal(["stop", "stop"], answer["choices"]!.AsArray().Select(choice => (string?)choice!["finish_reason"]));
        Assert.True((int)answer["usage"]!["total_tokens"]! > 0);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" [chunks of 1]")]
    [InlineData(" [chunks of 4] [writes of 3] [pings] [escaped]")]
    public async Task ChatCompletion_Streamed_AddsUpToTheAnswer(string options)
    {
        var events = await StreamAsync("/v1/chat/completions", Chat("echo Grüße an <alle> 😀" + options, stream: true));

        Assert.Equal("[DONE]", events[^1].Data);
        var chunks = events[..^1].Select(item => JsonNode.Parse(item.Data)!).ToList();
        Assert.Equal("Grüße an <alle> 😀", string.Concat(chunks.Select(chunk => (string?)chunk["choices"]?.AsArray().FirstOrDefault()?["delta"]?["content"])));
        Assert.Equal("stop", (string?)chunks[^2]["choices"]![0]!["finish_reason"]);
        Assert.Empty(chunks[^1]["choices"]!.AsArray());
        Assert.NotNull(chunks[^1]["usage"]);
    }

    [Fact]
    public async Task ChatCompletion_StreamedToolCall_SendsTheArgumentsInFragments()
    {
        var events = await StreamAsync("/v1/chat/completions", Chat("""tool call f {"a":"b"} [chunks of 2]""", stream: true));

        var calls = events[..^1].Select(item => JsonNode.Parse(item.Data)!["choices"]?.AsArray().FirstOrDefault()?["delta"]?["tool_calls"]?[0])
            .Where(call => call is not null).ToList();
        Assert.Equal("f", (string?)calls[0]!["function"]!["name"]);
        Assert.Null(calls[1]!["id"]);
        Assert.Equal("""{"a":"b"}""", string.Concat(calls.Select(call => (string?)call!["function"]!["arguments"])));
    }

    [Fact]
    public async Task Messages_Streamed_SendsTheEventsInOrder()
    {
        var events = await StreamAsync("/anthropic/v1/messages", Messages("echo Hi there", stream: true));

        Assert.Equal(["message_start", "content_block_start", "ping", "content_block_delta", "content_block_delta", "content_block_stop",
            "message_delta", "message_stop"], events.Select(item => item.EventType));
        Assert.All(events, item => Assert.Equal(item.EventType, (string?)JsonNode.Parse(item.Data)!["type"]));
        Assert.True((int)JsonNode.Parse(events[^2].Data)!["usage"]!["output_tokens"]! > 0);
    }

    [Fact]
    public async Task Messages_ToolCall_IsABlock()
    {
        var answer = await PostAsync("/v1/messages", Messages("""tool call f {"a":1}""", stream: false));

        Assert.Equal("tool_use", (string?)answer["stop_reason"]);
        Assert.Equal(1, (int)answer["content"]![0]!["input"]!["a"]!);
    }

    [Theory]
    [InlineData("/v1/chat/completions", 429)]
    [InlineData("/v1/messages", 529)]
    public async Task Error_Status_ComesInTheProtocolsShape(string path, int status)
    {
        using var answer = await client.PostAsJsonAsync(provider.Url + path, Chat($"error {status} enough", stream: false));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("enough", (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["error"]!["message"]);
    }

    [Fact]
    public async Task Received_RequestBytes_AreKept()
    {
        const string Odd = """{ "messages" : [ {"role":"user","content":"echo \u0041"} ], "temperature":1.0e0 }""";
        using var content = new StringContent(Odd, Encoding.UTF8, "application/json");

        using var answer = await client.PostAsync(new Uri(provider.Url + "/v1/chat/completions?x=1"), content);

        var received = Assert.Single(provider.Received);
        Assert.Equal(Odd, Encoding.UTF8.GetString(received.Body));
        Assert.Equal("/v1/chat/completions?x=1", received.Path);
        Assert.Equal(1, provider.RequestCount);
    }

    [Fact]
    public async Task Stream_DroppedConnection_FailsTheReader() =>
        await Assert.ThrowsAnyAsync<Exception>(() => StreamAsync("/v1/chat/completions", Chat("long story 5 [drop after 3]", stream: true)));

    [Fact]
    public async Task Stream_ClientLeaves_IsCounted()
    {
        using var leaving = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, provider.Url + "/v1/chat/completions")
        {
            Content = JsonContent.Create(Chat("long story 5 [stall after 3]", stream: true)),
        };
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leaving.Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        answer.Dispose();

        Assert.True(await Eventually.HoldsAsync(() => (provider.AbortedCount, provider.ActiveCount) == (1L, 0)));
    }

    private static JsonObject Chat(string prompt, bool stream, int n = 1) => new()
    {
        ["model"] = "simulated",
        ["n"] = n,
        ["stream"] = stream,
        ["stream_options"] = stream ? new JsonObject { ["include_usage"] = true } : null,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = prompt }),
    };

    private static JsonObject Messages(string prompt, bool stream) => new()
    {
        ["model"] = "simulated",
        ["max_tokens"] = 100,
        ["stream"] = stream,
        ["messages"] = new JsonArray(new JsonObject
        {
            ["role"] = "user",
            ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = prompt }),
        }),
    };

    private async Task<JsonNode> PostAsync(string path, JsonObject body)
    {
        using var answer = await client.PostAsJsonAsync(provider.Url + path, body);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private async Task<List<SseItem<string>>> StreamAsync(string path, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, provider.Url + path) { Content = JsonContent.Create(body) };
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        var events = new List<SseItem<string>>();
        await foreach (var item in SseParser.Create(await answer.Content.ReadAsStreamAsync()).EnumerateAsync())
        {
            events.Add(item);
        }

        return events;
    }
}
