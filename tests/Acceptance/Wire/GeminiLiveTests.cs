using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>Gemini Live over a WebSocket: turns in pieces, transcripts, calls, and messages in binary frames.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class GeminiLiveTests(ScriptedFixture fixture)
{
    private const string Path = "/gemini/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent?key=client-key";

    [Fact]
    public async Task Turn_AddressOverMessages_IsRedacted_AndBinaryFramesAreReadToo()
    {
        using var socket = await OpenAsync(
            Text("mail " + SyntheticValues.EmailAddress[..5]), Text(SyntheticValues.EmailAddress[5..]), """{"serverContent":{"turnComplete":true}}""");

        await SendAsync(socket, Said("hi"));
        var (messages, _) = await ReadAsync(socket, m => m["serverContent"]?["turnComplete"] is not null);

        Assert.Equal("mail [e-mail]", string.Concat(messages.Select(TextOf)));
        Assert.DoesNotContain(messages, m => m.ToJsonString().Contains(SyntheticValues.EmailAddress[5..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Transcript_OfWhatIsSpoken_IsFiltered()
    {
        using var socket = await OpenAsync(
            """{"serverContent":{"outputTranscription":{"text":"PLACE "}}}""".Replace("PLACE", SyntheticValues.EmailAddress, StringComparison.Ordinal), """{"serverContent":{"turnComplete":true}}""");

        await SendAsync(socket, Said("hi"));
        var (messages, _) = await ReadAsync(socket, m => m["serverContent"]?["turnComplete"] is not null);

        Assert.Equal("[e-mail] ", string.Concat(messages.Select(m => (string?)m["serverContent"]?["outputTranscription"]?["text"])));
    }

    [Fact]
    public async Task Call_WithAnAddress_IsRedacted()
    {
        using var socket = await OpenAsync("""{"toolCall":{"functionCalls":[{"id":"c1","name":"send","args":{"to":"PLACE"}}]}}""".Replace("PLACE", SyntheticValues.EmailAddress, StringComparison.Ordinal));

        await SendAsync(socket, Said("hi"));
        var (messages, _) = await ReadAsync(socket, m => m["toolCall"] is not null);

        Assert.Equal("[e-mail]", (string?)messages[^1]["toolCall"]!["functionCalls"]![0]!["args"]!["to"]);
    }

    [Theory]
    [InlineData("""{"clientContent":{"turns":[{"role":"user","parts":[{"text":"my NIF is 12345678Z"}]}],"turnComplete":true}}""")]
    [InlineData("""{"realtimeInput":{"text":"my NIF is 12345678Z"}}""")]
    [InlineData("""{"setup":{"model":"m","system_instruction":{"parts":[{"text":"my NIF is 12345678Z"}]}}}""")]
    [InlineData("""{"toolResponse":{"functionResponses":[{"id":"c1","name":"f","response":{"r":"my NIF is 12345678Z"}}]}}""")]
    public async Task Message_WithAnIdentityNumber_IsRefusedAndTheSessionGoesOn(string message)
    {
        using var socket = await OpenAsync(Text("fine"), """{"serverContent":{"turnComplete":true}}""");

        await SendAsync(socket, message);
        var (refused, _) = await ReadAsync(socket, m => m["serverContent"]?["turnComplete"] is not null);
        await SendAsync(socket, Said("hi"));
        var (answered, _) = await ReadAsync(socket, m => m["serverContent"]?["turnComplete"] is not null);

        Assert.Equal("PROHIBITED_INPUT_CONTENT", (string?)refused[^1]["serverContent"]!["turnCompleteReason"]);
        Assert.Contains("Identity numbers may not be sent.", TextOf(refused[^1]), StringComparison.Ordinal);
        Assert.Equal("fine", string.Concat(answered.Select(TextOf)));
    }

    [Fact]
    public async Task Turn_Blocked_SaysSoAndEndsTheSession()
    {
        using var socket = await OpenAsync(Text("pay to " + SyntheticValues.Iban + " now"), Text(" and more"), """{"serverContent":{"turnComplete":true}}""");

        await SendAsync(socket, Said("hi"));
        var (messages, status) = await ReadAsync(socket, _ => false);

        Assert.Equal("RESPONSE_REJECTED", (string?)messages[^1]["serverContent"]!["turnCompleteReason"]);
        Assert.DoesNotContain(messages, m => m.ToJsonString().Contains("0532", StringComparison.Ordinal));
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, status);
    }

    // Every message that comes from the provider after the client has spoken, in turn as text and in binary frames.
    private async Task<ClientWebSocket> OpenAsync(params string[] answers)
    {
        fixture.Upstream.Answer = async context =>
        {
            using var provider = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[64 * 1_024];
            while (await provider.ReceiveAsync(buffer.AsMemory(), context.RequestAborted) is { MessageType: not WebSocketMessageType.Close })
            {
                for (var i = 0; i < answers.Length; i++)
                {
                    var type = i % 2 == 0 ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
                    await provider.SendAsync(Encoding.UTF8.GetBytes(answers[i]), type, true, context.RequestAborted);
                }
            }
        };
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(new UriBuilder(fixture.Proxy.Url) { Scheme = "ws" }.Uri, Path), CancellationToken.None);
        return socket;
    }

    private static string Text(string text) => """{"serverContent":{"modelTurn":{"role":"model","parts":[{"text":"PLACE"}]}}}""".Replace("PLACE", text, StringComparison.Ordinal);

    private static string Said(string text) => """{"clientContent":{"turns":[{"role":"user","parts":[{"text":"PLACE"}]}],"turnComplete":true}}""".Replace("PLACE", text, StringComparison.Ordinal);

    private static string TextOf(JsonNode message) => (string?)message["serverContent"]?["modelTurn"]?["parts"]?[0]?["text"] ?? "";

    private static Task SendAsync(ClientWebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, CancellationToken.None);

    private static async Task<(List<JsonNode> Messages, WebSocketCloseStatus? Status)> ReadAsync(ClientWebSocket socket, Func<JsonNode, bool> isLast)
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        var messages = new List<JsonNode>();
        var buffer = new byte[64 * 1_024];
        while (messages.Count == 0 || !isLast(messages[^1]))
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return (messages, socket.CloseStatus);
            }

            Assert.True(received.EndOfMessage);
            messages.Add(JsonNode.Parse(buffer.AsSpan(0, received.Count))!);
        }

        return (messages, null);
    }
}
