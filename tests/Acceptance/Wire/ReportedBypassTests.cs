using System.Text;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;
using EdgeFilter.Proxy.Streaming;
using EdgeFilter.Proxy.Tests.Streaming.Fakes;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>
/// What users of other gateways reported of ways round the filter and of failures, row by row as docs/reported-failures.md lists
/// them; rows about places in requests are tried in <see cref="HiddenTextTests"/>.
/// </summary>
[Collection(ScriptedCollection.Name)]
public sealed class ReportedBypassTests(ScriptedFixture fixture) : IDisposable
{
    private const string Address = SyntheticValues.EmailAddress;

    private readonly WireClient client = new(fixture.Proxy.Url);

    public static TheoryData<string> Streams => [.. StreamCatalog.All.Where(s => s.Channels.Count > 0 && s.Framing != StreamFraming.Messages).Select(s => s.Id)];

    public void Dispose() => client.Dispose();

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task S4_StreamOfEveryProtocol_IsFiltered(string id)
    {
        var stream = StreamCatalog.All.Single(s => s.Id == id);
        var (protocol, type) = StreamSpeakers.Of(stream);
        fixture.Upstream.Says(Samples.Bytes(stream.Framing, Samples.With(id, "to " + Address[..7], Address[7..] + " now")), type);

        var answer = await client.PostAsync(StreamSpeakers.PathOf(protocol), "{\"stream\":true}");

        var lines = string.Join('\n', Samples.Lines(stream.Framing, answer.Body));
        Assert.Equal(200, answer.Status);
        Assert.DoesNotContain(Address[..7], lines, StringComparison.Ordinal);
        Assert.DoesNotContain(Address[7..], lines, StringComparison.Ordinal);
        Assert.Contains("[e-mail]", lines, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai.chat", """|{"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"f","arguments":"{\"to\":\"maria.san"}}]},"finish_reason":null}]}""", """|{"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"tos@example.com\"}"}}]},"finish_reason":null}]}""", """|{"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""", "|[DONE]")]
    [InlineData("anthropic.messages", """content_block_start|{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"toolu_1","name":"f","input":{}}}""", """content_block_delta|{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"to\":\"maria\\u002esan"}}""", """content_block_delta|{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"tos@example.com\"}"}}""", """content_block_stop|{"type":"content_block_stop","index":0}""", """message_stop|{"type":"message_stop"}""")]
    public async Task E2_ArgumentsOfAStreamedCall_AreFilteredAndStayJson(string id, params string[] lines)
    {
        var stream = StreamCatalog.All.Single(s => s.Id == id);
        var (protocol, type) = StreamSpeakers.Of(stream);
        fixture.Upstream.Says(Samples.Bytes(stream.Framing, lines), type);

        var answer = await client.PostAsync(StreamSpeakers.PathOf(protocol), "{\"stream\":true}");

        Assert.Contains("""{\"to\":\"[e-mail]\"}""", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("tos@example", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task E4_EveryPathThatNoTableLists_IsRefused()
    {
        var before = fixture.Upstream.Count;
        foreach (var path in new[] { "/openai/v1/videos", "/openai/v1/evals", "/openai/v1/decisions", "/openai/slots", "/openai/v1/chat/completions/render", "/ollama/api/create", "/gemini/v1beta/interactions", "/mistral/v1/conversations", "/bedrock/guardrail/g/version/1/apply", "/anthropic/v1/complete" })
        {
            Assert.Equal(404, (await client.PostAsync(path, "{\"prompt\":\"hi\"}")).Status);
        }

        Assert.Equal(before, fixture.Upstream.Count);
    }

    [Theory]
    [InlineData("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""", "content_block_delta", """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"account DE89 3704 0044 0532 0130 00 it is"}}""")]
    public async Task E11_ReasoningThatIsStreamed_HasTheSameRules(params string[] events)
    {
        var stream = new StringBuilder();
        for (var i = 0; i < events.Length; i += 2)
        {
            stream.Append($"event: {events[i]}\ndata: {events[i + 1]}\n\n");
        }

        stream.Append("event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
        fixture.Upstream.Says(stream.ToString(), "text/event-stream");

        var answer = await client.PostAsync(WireClient.Messages, WireClient.Prompt("hi", stream: true));

        Assert.DoesNotContain("3704", answer.Text, StringComparison.Ordinal);
        Assert.Contains("\"stop_reason\":\"refusal\"", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task E11_SignedReasoningThatIsEdited_IsNotCalledSigned()
    {
        fixture.Upstream.Says($$$"""{"id":"msg_1","type":"message","role":"assistant","content":[{"type":"thinking","thinking":"ask {{{Address}}} first","signature":"c2ln"},{"type":"thinking","thinking":"fine","signature":"YmJi"},{"type":"text","text":"Done."}],"stop_reason":"end_turn","stop_sequence":null}""");

        var blocks = (await client.PostAsync(WireClient.Messages, WireClient.Prompt("hi"))).Json["content"]!;

        Assert.Equal(("ask [e-mail] first", ""), ((string?)blocks[0]!["thinking"], (string?)blocks[0]!["signature"]));
        Assert.Equal(("fine", "YmJi"), ((string?)blocks[1]!["thinking"], (string?)blocks[1]!["signature"]));
    }

    [Theory]
    [InlineData("""{"metadata":{"guardrails":"off","policy":"none","disable_filters":true}}""")]
    [InlineData("""{"guardrails":[],"moderation":{"policy":{"input":{"mode":"off"}}},"extra_body":{"edgefilter":{"skip":true}}}""")]
    public async Task F5_ClientsMetadata_SwitchesNothingOff(string settings)
    {
        var body = settings[..^1] + ",\"messages\":[{\"role\":\"user\",\"content\":\"my NIF is 12345678Z\"}]}";
        var before = fixture.Upstream.Count;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(fixture.Proxy.Url, WireClient.Chat)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var header in new[] { "X-EdgeFilter-Policy", "X-Guardrails", "X-Region", "X-Tenant" })
        {
            request.Headers.Add(header, "none");
        }

        var answer = await client.SendAsync(request);

        Assert.Equal((400, before), (answer.Status, fixture.Upstream.Count));
    }

    [Theory]
    [InlineData("application/json", "{\"choices\":[{\"message\":{\"content\":\"maria.santos@example.com\"}}")]
    [InlineData("application/json", "{\"choices\":[],\"choices\":[{\"message\":{\"content\":\"maria.santos@example.com\"}}]}")]
    [InlineData("text/html", "<html>maria.santos@example.com</html>")]
    [InlineData("application/octet-stream", "maria.santos@example.com")]
    public async Task F11_AnswerThatCanNotBeRead_IsWithheld(string type, string body)
    {
        foreach (var status in new[] { 200, 500 })
        {
            fixture.Upstream.Says(body, type, status);

            var answer = await client.PostAsync(WireClient.Chat, WireClient.Prompt("hi"));

            Assert.Equal(status == 200 ? 502 : 500, answer.Status);
            Assert.DoesNotContain(Address, answer.Text, StringComparison.Ordinal);
        }
    }
}
