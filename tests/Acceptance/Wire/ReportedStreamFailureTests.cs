using System.Text;
using System.Text.Json.Nodes;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;
using EdgeFilter.Testing;
using Microsoft.AspNetCore.Http;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>What users of other gateways reported of streams, row by row as docs/reported-failures.md lists them: here it does not happen.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class ReportedStreamFailureTests(ScriptedFixture fixture) : IDisposable
{
    private const string Address = SyntheticValues.EmailAddress;
    private const string Done = "data: [DONE]\n\n";

    private readonly WireClient client = new(fixture.Proxy.Url);
    private readonly HttpClient http = new();

    public void Dispose()
    {
        client.Dispose();
        http.Dispose();
    }

    [Fact]
    public async Task S1_ValueOverTwoEvents_IsFoundAtEveryCut()
    {
        for (var cut = 1; cut < Address.Length; cut++)
        {
            Says(Chunk("to " + Address[..cut]), Chunk(Address[cut..] + " now"), Finish(), Done);

            Assert.Equal("to [e-mail] now", ContentOf(await ChatAsync()));
        }
    }

    [Fact]
    public async Task S2_ValueThatIsNotComplete_NothingOfItHasLeft()
    {
        var shown = new TaskCompletionSource();
        fixture.Upstream.Answer = async context =>
        {
            await WriteAsync(context, Chunk("to " + Address[..12]));
            await shown.Task;
            await WriteAsync(context, Chunk(Address[12..] + " now"), Finish(), Done);
        };

        using var answer = await StartAsync();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var first = await ReadEventAsync(reader);
        shown.SetResult();
        var rest = await reader.ReadToEndAsync();

        Assert.Equal("to ", TextOf(first));
        Assert.DoesNotContain(Address[..6], rest, StringComparison.Ordinal);
        Assert.Contains("[e-mail]", rest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mail maria.santos@example.com now", "mail [e-mail] now")]
    [InlineData("nothing to see", "nothing to see")]
    [InlineData("pay to DE89 3704 0044 0532 0130 00 now", null)]
    public async Task S3_StreamedOrWhole_TheVerdictIsTheSame(string text, string? expected)
    {
        Says(Chunk(text[..10]), Chunk(text[10..]), Finish(), Done);
        var streamed = await ChatAsync();
        fixture.Upstream.Says(new JsonObject
        {
            ["id"] = "c",
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text }, ["finish_reason"] = "stop" }),
        }.ToJsonString());
        var whole = (await client.PostAsync(WireClient.Chat, WireClient.Prompt("hi"))).Json["choices"]![0]!;

        Assert.Equal(expected is null ? "content_filter" : "stop", (string?)whole["finish_reason"]);
        Assert.Equal(expected is null, streamed.Text.Contains("\"finish_reason\":\"content_filter\"", StringComparison.Ordinal));
        if (expected is not null)
        {
            Assert.Equal((expected, expected), (ContentOf(streamed), (string)whole["message"]!["content"]!));
        }
    }

    [Fact]
    public async Task S5_Redaction_DoesNotMakeOneChunkOfTheStream()
    {
        var seen = new SemaphoreSlim(0);
        fixture.Upstream.Answer = async context =>
        {
            // Each piece is sent when the one before has been read: a stream that was collected first would never go on.
            for (var i = 0; i < 5; i++)
            {
                await WriteAsync(context, Chunk($"piece {i} is here. "));
                Assert.True(await seen.WaitAsync(Eventually.Patience));
            }

            await WriteAsync(context, Finish(), Done);
        };

        using var answer = await StartAsync();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        for (var i = 0; i < 5; i++)
        {
            Assert.StartsWith("piece " + i, TextOf(await ReadEventAsync(reader)).Trim(), StringComparison.Ordinal);
            seen.Release();
        }

        Assert.EndsWith(Done, await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task S6_MidStreamBlock_EndsWithTheTerminalEventAndTheConnectionLives()
    {
        var connections = 0;
        using var handler = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = 1,
            ConnectCallback = async (context, cancellation) =>
            {
                connections++;
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            },
        };
        using var alone = new HttpClient(handler);
        for (var i = 0; i < 3; i++)
        {
            Says(Chunk("pay to "), Chunk(SyntheticValues.Iban), Chunk(" now"), Finish(), Done);
            using var content = new StringContent(WireClient.Prompt("hi", stream: true), Encoding.UTF8, "application/json");
            using var answer = await alone.PostAsync(new Uri(fixture.Proxy.Url, WireClient.Chat), content);
            var text = await answer.Content.ReadAsStringAsync();

            Assert.Contains("\"finish_reason\":\"content_filter\"", text, StringComparison.Ordinal);
            Assert.EndsWith(Done, text, StringComparison.Ordinal);
        }

        Assert.Equal(1, connections);
    }

    [Fact]
    public async Task S7_BlockInsideACall_WithholdsTheCallAndClosesEveryBlockOnce()
    {
        SaysEvents(
            ("message_start", """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"c","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":5,"output_tokens":1}}}"""),
            ("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"""),
            ("content_block_delta", """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"I will pay."}}"""),
            ("content_block_stop", """{"type":"content_block_stop","index":0}"""),
            ("content_block_start", """{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"pay","input":{}}}"""),
            ("content_block_delta", """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"to\":\"DE89 3704 0044 05"}}"""),
            ("content_block_delta", """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"32 0130 00\"}"}}"""),
            ("content_block_stop", """{"type":"content_block_stop","index":1}"""),
            ("message_delta", """{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":9}}"""),
            ("message_stop", """{"type":"message_stop"}"""));

        var text = (await client.PostAsync(WireClient.Messages, WireClient.Prompt("hi", stream: true))).Text;

        Assert.DoesNotContain("toolu_1", text, StringComparison.Ordinal);
        Assert.Equal(1, Count(text, "event: message_start"));
        Assert.Equal(Count(text, "event: content_block_start"), Count(text, "event: content_block_stop"));
        Assert.Contains("\"stop_reason\":\"refusal\"", text, StringComparison.Ordinal);
        Assert.EndsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    [InlineData("\n")]
    public async Task S8_LinesOfAnyKind_AreReadAndFiltered(string end)
    {
        var events = "\ufeff: hello\n\nretry: 5\nid: 7\ndata: {\"id\":\"c\",\n"
            + $"data: \"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"to {Address} \"}},\"finish_reason\":null}}]}}\n\n"
            + Finish().Replace("data: ", "data:", StringComparison.Ordinal) + Done.TrimEnd('\n');
        Says(events.Replace("\n", end, StringComparison.Ordinal));

        var answer = await ChatAsync();

        Assert.DoesNotContain(Address, answer.Text, StringComparison.Ordinal);
        Assert.Contains("to [e-mail] ", answer.Text, StringComparison.Ordinal);
        Assert.Contains("data: [DONE]", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data: this is not JSON maria.santos@example.com\n\n")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"a\",\"content\":\"maria.santos@example.com\"}}]}\n\n")]
    public async Task S8_EventThatCanNotBeRead_EndsTheStream(string unreadable)
    {
        Says(Chunk("fine "), unreadable, Finish(), Done);

        var answer = await ChatAsync();

        Assert.DoesNotContain(Address, answer.Text, StringComparison.Ordinal);
        Assert.Contains("data: {\"error\":{", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S9_CutInTheMiddleOfAnEvent_TheFragmentIsNotPassedOn()
    {
        var whole = Chunk($"to {Address} now");
        for (var length = 1; length < whole.Length; length += 7)
        {
            Says(Chunk("fine. "), whole[..length]);

            var answer = await ChatAsync();

            Assert.DoesNotContain("maria", answer.Text, StringComparison.Ordinal);
            Assert.Contains("data: {\"error\":{", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task S10_EventOfAnUnknownType_IsReadAllTheSame()
    {
        SaysEvents(
            ("response.telepathy", """{"type":"response.telepathy","thought":{"deep":["PLACE"]}}""".Replace("PLACE", Address, StringComparison.Ordinal)),
            ("response.completed", """{"type":"response.completed","response":{"id":"resp_1","output":[]}}"""));

        var answer = await client.PostAsync("/openai/v1/responses", """{"input":"hi","stream":true}""");

        Assert.DoesNotContain(Address, answer.Text, StringComparison.Ordinal);
        Assert.Contains("[e-mail]", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S10_JsonAnswerToAStreamRequest_IsFilteredAsWhatItIs()
    {
        fixture.Upstream.Says($$$"""{"id":"c","choices":[{"index":0,"message":{"role":"assistant","content":"to {{{Address}}}"},"finish_reason":"stop"}]}""");

        var answer = await ChatAsync();

        Assert.Equal("to [e-mail]", (string?)answer.Json["choices"]![0]!["message"]!["content"]);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    public async Task S10_EventsThatCallThemselvesSomethingElse_AreWithheld(string type)
    {
        fixture.Upstream.Says(Chunk("to " + Address) + Finish() + Done, type);

        var answer = await ChatAsync();

        Assert.Equal(502, answer.Status);
        Assert.DoesNotContain(Address, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S11_ListOfValues_NotOneIsShownBeforeTheBlock()
    {
        string[] accounts = ["DE89 3704 0044 0532 0130 00", "GB82 WEST 1234 5698 7654 32", "FR14 2004 1010 0505 0001 3M02 606"];
        Says([.. accounts.Select((account, i) => Chunk($"{i + 1}. {account}\n")), Finish(), Done]);

        var answer = await ChatAsync();

        Assert.All(accounts, account => Assert.DoesNotContain(account[5..], answer.Text, StringComparison.Ordinal));
        Assert.Contains("content_filter", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S13_PathThatNobodyDescribed_IsRefused()
    {
        Says(Chunk("to " + Address), Finish(), Done);
        var before = fixture.Upstream.Count;

        Assert.Equal(404, (await client.PostAsync("/openai/v1/unheard-of", WireClient.Prompt("hi", stream: true))).Status);
        Assert.Equal(before, fixture.Upstream.Count);
    }

    private Task<WireAnswer> ChatAsync() => client.PostAsync(WireClient.Chat, WireClient.Prompt("hi", stream: true));

    private async Task<HttpResponseMessage> StartAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(fixture.Proxy.Url, WireClient.Chat))
        {
            Content = new StringContent(WireClient.Prompt("hi", stream: true), Encoding.UTF8, "application/json"),
        };
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<string> ReadEventAsync(StreamReader reader)
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        while (await reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal) && TextOf(line).Length > 0)
            {
                return line;
            }
        }

        throw new InvalidOperationException("The stream has ended.");
    }

    private static string TextOf(string line) => (string?)JsonNode.Parse(line["data: ".Length..])!["choices"]?[0]?["delta"]?["content"] ?? "";

    private static string ContentOf(WireAnswer answer) =>
        string.Concat(answer.Text.Split('\n').Where(l => l.StartsWith("data: {", StringComparison.Ordinal)).Select(TextOf));

    private void Says(params string[] events) => fixture.Upstream.Answer = async context => await WriteAsync(context, events);

    private void SaysEvents(params (string Name, string Data)[] events) => Says([.. events.Select(e => $"event: {e.Name}\ndata: {e.Data}\n\n")]);

    private static async Task WriteAsync(HttpContext context, params string[] events)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "text/event-stream";
        }

        foreach (var one in events)
        {
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(one));
            await context.Response.Body.FlushAsync();
        }
    }

    private static string Chunk(string text) => "data: " + new JsonObject
    {
        ["id"] = "c", ["object"] = "chat.completion.chunk",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = new JsonObject { ["content"] = text }, ["finish_reason"] = null }),
    }.ToJsonString() + "\n\n";

    private static string Finish() => "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
