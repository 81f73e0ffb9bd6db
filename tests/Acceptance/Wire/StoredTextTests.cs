using System.Text;
using System.Text.Json.Nodes;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>Text that a provider stores and gives back later: conversations, stored answers, batches and their results.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class StoredTextTests(ScriptedFixture fixture) : IDisposable
{
    private readonly WireClient client = new(fixture.Proxy.Url);

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData("/openai/v1/conversations", """{"items":[{"type":"message","role":"user","content":"PLACE"}]}""")]
    [InlineData("/openai/v1/conversations", """{"metadata":{"note":"PLACE"}}""")]
    [InlineData("/openai/v1/conversations/conv_1/items", """{"items":[{"type":"function_call_output","call_id":"c","output":"PLACE"}]}""")]
    public async Task Conversation_IdentityNumberPutIn_IsRefused(string path, string body)
    {
        var before = fixture.Upstream.Count;

        var answer = await client.PostAsync(path, body.Replace("PLACE", SyntheticValues.SpanishNif, StringComparison.Ordinal));

        Assert.Equal((400, before), (answer.Status, fixture.Upstream.Count));
    }

    [Theory]
    [InlineData("/openai/v1/conversations/conv_1/items", """{"object":"list","data":[{"id":"msg_1","type":"message","role":"assistant","content":[{"type":"output_text","text":"mail PLACE"}]}],"has_more":false}""")]
    [InlineData("/openai/v1/conversations/conv_1/items/msg_1", """{"id":"msg_1","type":"message","role":"assistant","content":[{"type":"output_text","text":"mail PLACE"}]}""")]
    [InlineData("/openai/v1/responses/resp_1", """{"id":"resp_1","object":"response","status":"completed","output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"mail PLACE"}]}]}""")]
    [InlineData("/azure/openai/v1/responses/resp_1", """{"id":"resp_1","object":"response","status":"completed","output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"mail PLACE"}]}]}""")]
    [InlineData("/openai/v1/responses/resp_1/input_items", """{"object":"list","data":[{"id":"msg_1","type":"message","role":"user","content":[{"type":"input_text","text":"mail PLACE"}]}]}""")]
    [InlineData("/openai/v1/chat/completions/chatcmpl_1", """{"id":"chatcmpl_1","choices":[{"index":0,"message":{"role":"assistant","content":"mail PLACE"},"finish_reason":"stop"}]}""")]
    public async Task Answer_ReadAgain_IsFiltered(string path, string stored)
    {
        fixture.Upstream.Says(stored.Replace("PLACE", SyntheticValues.EmailAddress, StringComparison.Ordinal));

        var answer = await client.GetAsync(path);

        Assert.Equal((200, stored.Replace("PLACE", "[e-mail]", StringComparison.Ordinal)), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task Answer_StreamedAgainFromStorage_IsFiltered()
    {
        fixture.Upstream.Says(
            $$$"""
            event: response.output_text.done
            data: {"type":"response.output_text.done","output_index":0,"content_index":0,"item_id":"m","text":"mail {{{SyntheticValues.EmailAddress}}}"}

            event: response.completed
            data: {"type":"response.completed","response":{"id":"resp_1","output":[]}}


            """,
            "text/event-stream");

        var answer = await client.GetAsync("/openai/v1/responses/resp_1?stream=true&starting_after=7");

        Assert.Contains("\"text\":\"mail [e-mail]\"", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://api.anthropic.com/v1/messages/batches/msgbatch_1/results", "/anthropic/v1/messages/batches/msgbatch_1/results")]
    [InlineData("https://elsewhere.example/unheard-of", null)]
    public async Task Batch_LinkToItsResults_LeadsThroughTheProxy(string link, string? path)
    {
        fixture.Upstream.Says($$"""{"id":"msgbatch_1","type":"message_batch","processing_status":"ended","results_url":"{{link}}"}""");

        var answer = await client.GetAsync("/anthropic/v1/messages/batches/msgbatch_1");

        Assert.Equal(path is null ? link : new Uri(fixture.Proxy.Url, path).ToString(), (string?)answer.Json["results_url"]);
    }

    [Fact]
    public async Task Batch_EachRequest_IsUnderThePolicyOfItsModel()
    {
        await using var own = await ProxyProcess.StartAsync(new ProxySetup
        {
            ProviderUrl = fixture.Upstream.Url,
            PolicyFiles = [Policy("acceptance"), Policy("careful-model")],
        });
        using var careful = new WireClient(own.Url);
        fixture.Upstream.Says("""{"id":"msgbatch_1","type":"message_batch","processing_status":"in_progress"}""");
        var batch = new JsonObject { ["requests"] = new JsonArray(RequestFor("careful-1"), RequestFor("other-1")) };

        var answer = await careful.PostAsync("/anthropic/v1/messages/batches", batch.ToJsonString());

        Assert.Equal(200, answer.Status);
        var sent = JsonNode.Parse(Encoding.UTF8.GetString(fixture.Upstream.Last.Body))!["requests"]!;
        Assert.Equal("card *", ContentOf(sent[0]!)[..6]);
        Assert.EndsWith("mail [e-mail]", ContentOf(sent[0]!), StringComparison.Ordinal);
        Assert.Equal("card *", ContentOf(sent[1]!)[..6]);
        Assert.EndsWith($"mail {SyntheticValues.EmailAddress}", ContentOf(sent[1]!), StringComparison.Ordinal);
    }

    private static string Policy(string name) => Repository.PathOf("tests", "Acceptance", "policies", name + ".yaml");

    private static string ContentOf(JsonNode request) => (string)request["params"]!["messages"]![0]!["content"]!;

    private static JsonObject RequestFor(string model) => new()
    {
        ["custom_id"] = model,
        ["params"] = new JsonObject
        {
            ["model"] = model, ["max_tokens"] = 9,
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = $"card {SyntheticValues.PaymentCard} mail {SyntheticValues.EmailAddress}" }),
        },
    };
}
