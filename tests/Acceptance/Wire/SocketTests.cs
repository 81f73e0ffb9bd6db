using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>WebSockets, frame by frame.</summary>
[Collection(ProxyCollection.Name)]
public sealed class SocketTests(ProxyFixture proxy)
{
    private const string Path = "/openai/v1/realtime?model=gpt-realtime-x";

    [Fact]
    public async Task Message_InFragmentsOfOneByte_IsJudgedWhole()
    {
        using var socket = await OpenAsync(Path);
        var message = Encoding.UTF8.GetBytes(Item($"echo {SyntheticValues.PaymentCard} is 世界"));
        for (var i = 0; i < message.Length; i++)
        {
            await socket.SendAsync(message.AsMemory(i, 1), WebSocketMessageType.Text, i == message.Length - 1, CancellationToken.None);
        }

        var added = await ReadUntilAsync(socket, "conversation.item.added");

        Assert.EndsWith("1111 is 世界", (string)added["item"]!["content"]![0]!["text"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("4111 1111", added.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"response.create","type":"response.create"}""", "json.duplicate-name")]
    [InlineData("""["response.create"]""", "json.not-an-object")]
    [InlineData("response.create", null)]
    [InlineData("""{"type":"response.create"} {}""", null)]
    public async Task Message_ThatReadersReadDifferently_IsRefusedAndTheSessionGoesOn(string message, string? code)
    {
        using var socket = await OpenAsync(Path);

        await SendAsync(socket, message);
        var refused = await ReadUntilAsync(socket, "error");
        await SendAsync(socket, Item("echo hi"));

        if (code is not null)
        {
            Assert.Equal(code, (string)refused["error"]!["code"]!);
        }

        Assert.NotNull(await ReadUntilAsync(socket, "conversation.item.added"));
    }

    [Fact]
    public async Task Message_Binary_ClosesTheSession()
    {
        using var socket = await OpenAsync(Path);

        await socket.SendAsync(new byte[] { 1, 2, 3 }, WebSocketMessageType.Binary, true, CancellationToken.None);

        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, await ReadToCloseAsync(socket));
    }

    [Fact]
    public async Task Message_LargerThanTheLimit_ClosesTheSession()
    {
        using var socket = await OpenAsync(Path);

        await SendAsync(socket, Item(new string('a', 2 << 20)));

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await ReadToCloseAsync(socket));
    }

    [Fact]
    public async Task Message_InvalidUtf8_ClosesTheSession()
    {
        using var socket = await OpenAsync(Path);

        await socket.SendAsync(new byte[] { (byte)'{', 0xC3, 0x28, (byte)'}' }, WebSocketMessageType.Text, true, CancellationToken.None);

        Assert.Equal(WebSocketCloseStatus.InvalidPayloadData, await ReadToCloseAsync(socket));
    }

    [Fact]
    public async Task Compression_Offered_IsNotTaken()
    {
        using var socket = new ClientWebSocket();
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        socket.Options.CollectHttpResponseDetails = true;

        await socket.ConnectAsync(Address(Path), CancellationToken.None);

        Assert.DoesNotContain(socket.HttpResponseHeaders!, h => string.Equals(h.Key, "Sec-WebSocket-Extensions", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/openai/v1/unheard-of", 404)]
    [InlineData("/anthropic/v1/realtime", 404)]
    [InlineData("/openai/v1/chat/completions", 404)]
    [InlineData("/openai/v1/realtime?model=a&model=b", 400)]
    public async Task Open_AnythingElse_IsRefused(string path, int status)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Address(path), CancellationToken.None));
        Assert.Equal(status, (int)socket.HttpStatusCode);
    }

    [Fact]
    public async Task Close_ByTheClient_ReachesTheProviderAndComesBack()
    {
        using var socket = await OpenAsync(Path);
        await ReadUntilAsync(socket, "session.created");
        var before = proxy.Provider.ActiveCount;

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", CancellationToken.None);

        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
        Assert.True(await Eventually.HoldsAsync(() => proxy.Provider.ActiveCount < before));
    }

    [Fact]
    public async Task Session_OfARenamedModel_AsksByTheProvidersNameAndIsMeasured()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer = async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync("realtime");
            await socket.ReceiveAsync(new byte[64], context.RequestAborted);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        };
        await using var renaming = await ProxyProcess.StartAsync(new ProxySetup
        {
            ProviderUrl = upstream.Url,
            Configure = configuration => configuration["Providers"]!["openai"]!["Models"] = new JsonObject { ["house-voice"] = "gpt-realtime-x" },
        });
        using (var socket = await OpenAsync("/openai/v1/realtime?model=house-voice", renaming.Url))
        {
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
            Assert.Equal("/v1/realtime?model=gpt-realtime-x", upstream.Last.Path);
        }

        using var http = new HttpClient();
        Assert.True(await Eventually.HoldsAsync(async () => (await http.GetStringAsync(new Uri(renaming.Admin, "/edgefilter/metrics")))
            .Split('\n').Any(line => line.StartsWith("edgefilter_requests_total{", StringComparison.Ordinal)
                && line.Contains("openai.realtime", StringComparison.Ordinal) && line.Contains("forwarded", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Sound_WhereAPolicyStopsIt_PassesInNeitherDirection()
    {
        await using var silent = await ProxyProcess.StartAsync(new ProxySetup
        {
            ProviderUrl = proxy.Provider.Url, PolicyFiles = [Repository.PathOf("tests", "Acceptance", "policies", "sounds.yaml")],
        });
        using var socket = await OpenAsync(Path, silent.Url);
        await SendAsync(socket, """{"type":"input_audio_buffer.append","event_id":"mine","audio":"AAECAwQFBgcICQ=="}""");
        var refused = await ReadUntilAsync(socket, "error");
        Assert.Equal(("content_filter", "mine"), ((string)refused["error"]!["code"]!, (string)refused["error"]!["event_id"]!));

        await SendAsync(socket, """{"type":"session.update","session":{"output_modalities":["audio"]}}""");
        await SendAsync(socket, Item("echo hello there"));
        await SendAsync(socket, """{"type":"response.create"}""");
        var types = new List<string>();
        while (types.LastOrDefault() != "response.done")
        {
            types.Add((string)JsonNode.Parse((await ReadAsync(socket, CancellationToken.None))!)!["type"]!);
        }

        Assert.DoesNotContain("response.output_audio.delta", types);
        Assert.Contains("error", types);
    }

    private Task<ClientWebSocket> OpenAsync(string path) => OpenAsync(path, proxy.Proxy.Url);

    private static async Task<ClientWebSocket> OpenAsync(string path, Uri at)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("realtime");
        socket.Options.AddSubProtocol("openai-insecure-api-key.client-key");
        await socket.ConnectAsync(Address(path, at), CancellationToken.None);
        Assert.Equal("realtime", socket.SubProtocol);
        return socket;
    }

    private Uri Address(string path) => Address(path, proxy.Proxy.Url);

    private static Uri Address(string path, Uri at) => new(new UriBuilder(at) { Scheme = "ws" }.Uri, path);

    private static string Item(string text) =>
        new JsonObject
        {
            ["type"] = "conversation.item.create",
            ["item"] = new JsonObject { ["type"] = "message", ["role"] = "user", ["content"] = new JsonArray(new JsonObject { ["type"] = "input_text", ["text"] = text }) },
        }.ToJsonString();

    private static Task SendAsync(ClientWebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, CancellationToken.None);

    private static async Task<JsonNode> ReadUntilAsync(ClientWebSocket socket, string type)
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        while (true)
        {
            var message = await ReadAsync(socket, patience.Token);
            Assert.NotNull(message);
            var node = JsonNode.Parse(message)!;
            if ((string)node["type"]! == type)
            {
                return node;
            }
        }
    }

    private static async Task<WebSocketCloseStatus?> ReadToCloseAsync(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        while (await ReadAsync(socket, patience.Token) is not null)
        {
        }

        return socket.CloseStatus;
    }

    private static async Task<string?> ReadAsync(ClientWebSocket socket, CancellationToken cancellation)
    {
        var buffer = new byte[1 << 20];
        var length = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
            length += received.Count;
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (received.EndOfMessage)
            {
                return Encoding.UTF8.GetString(buffer, 0, length);
            }
        }
    }
}
