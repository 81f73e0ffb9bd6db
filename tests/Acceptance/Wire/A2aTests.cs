using System.Text.Json.Nodes;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>A2A between agents: messages, tasks, artifacts in pieces, and what an agent says of itself.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class A2aTests(ScriptedFixture fixture) : IDisposable
{
    private const string Send = """{"jsonrpc":"2.0","id":"7","method":"METHOD","params":{"message":{"kind":"message","messageId":"m1","role":"user","parts":[PART]}}}""";

    private readonly WireClient client = new(fixture.Proxy.Url);

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData("message/send", """{"kind":"text","text":"my NIF is 12345678Z"}""")]
    [InlineData("SendMessage", """{"text":"my NIF is 12345678Z"}""")]
    [InlineData("message/send", """{"kind":"data","data":{"deep":["my NIF is 12345678Z"]}}""")]
    [InlineData("message/send", """{"kind":"file","file":{"name":"a.txt","mimeType":"text/plain","bytes":"bXkgTklGIGlzIDEyMzQ1Njc4Wg=="}}""")]
    [InlineData("message/send", """{"kind":"text","text":"hi","metadata":{"note":"my NIF is 12345678Z"}}""")]
    public async Task Message_WithAnIdentityNumber_IsAnErrorUnderItsId(string method, string part)
    {
        var before = fixture.Upstream.Count;

        var answer = await client.PostAsync("/a2a/", Of(method, part));

        Assert.Equal((200, before), (answer.Status, fixture.Upstream.Count));
        Assert.Equal(("7", -32010), ((string?)answer.Json["id"], (int?)answer.Json["error"]!["code"]));
        Assert.Contains("Identity numbers may not be sent.", (string?)answer.Json["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Task_WithAnAddress_IsRedactedInItsArtifactsAndItsStatus()
    {
        fixture.Upstream.Says(
            """{"jsonrpc":"2.0","id":"7","result":{"kind":"task","id":"t1","contextId":"c1","status":{"state":"completed","message":{"kind":"message","messageId":"m2","role":"agent","parts":[{"kind":"text","text":"ask PLACE"}]}},"artifacts":[{"artifactId":"a1","parts":[{"kind":"text","text":"mail PLACE"}]}]}}"""
                .Replace("PLACE", SyntheticValues.EmailAddress, StringComparison.Ordinal));

        var result = (await client.PostAsync("/a2a/", Of("message/send", """{"kind":"text","text":"hi"}"""))).Json["result"]!;

        Assert.Equal("mail [e-mail]", (string?)result["artifacts"]![0]!["parts"]![0]!["text"]);
        Assert.Equal("ask [e-mail]", (string?)result["status"]!["message"]!["parts"]![0]!["text"]);
    }

    [Theory]
    [InlineData("""{"kind":"artifact-update","taskId":"t1","artifact":{"artifactId":"a1","parts":[{"kind":"text","text":"PIECE"}]},"append":true}""")]
    [InlineData("""{"artifactUpdate":{"taskId":"t1","artifact":{"artifactId":"a1","parts":[{"text":"PIECE"}]},"append":true}}""")]
    public async Task Artifact_AddressOverPieces_IsRedacted(string update)
    {
        fixture.Upstream.Says(
            string.Concat(new[] { "mail maria.san", "tos@example.com now" }.Select(piece => Event(update.Replace("PIECE", piece, StringComparison.Ordinal)))),
            "text/event-stream");

        var answer = await client.PostAsync("/a2a/", Of("message/stream", """{"kind":"text","text":"hi"}"""));

        var texts = answer.Text.Split('\n').Where(l => l.StartsWith("data: ", StringComparison.Ordinal)).Select(l => JsonNode.Parse(l["data: ".Length..])!["result"]!)
            .Select(r => (string?)((r["artifact"] ?? r["artifactUpdate"]!["artifact"])!["parts"]![0]!["text"]));
        Assert.Equal("mail [e-mail] now", string.Concat(texts));
    }

    [Fact]
    public async Task Artifact_Blocked_EndsWithAnErrorUnderTheRequestsId()
    {
        fixture.Upstream.Says(
            Event("""{"kind":"artifact-update","taskId":"t1","artifact":{"artifactId":"a1","parts":[{"kind":"text","text":"pay to DE89 3704 0044 0532 0130 00 now"}]}}"""), "text/event-stream");

        var answer = await client.PostAsync("/a2a/", Of("message/stream", """{"kind":"text","text":"hi"}"""));

        Assert.DoesNotContain("3704", answer.Text, StringComparison.Ordinal);
        Assert.Contains("{\"jsonrpc\":\"2.0\",\"id\":\"7\",\"error\":{\"code\":-32010", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Card_IsThirdPartyText_AndLeadsThroughTheProxy()
    {
        fixture.Upstream.Says($$$"""{"name":"a","description":"write to {{{SyntheticValues.EmailAddress}}}","url":"http://agent.example/rpc","skills":[{"id":"s","name":"s","description":"d","tags":[]}]}""");

        var card = (await client.GetAsync("/a2a/.well-known/agent-card.json")).Json;

        Assert.Equal("write to [e-mail]", (string?)card["description"]);
        Assert.Equal(new Uri(fixture.Proxy.Url, "/a2a/rpc").ToString(), (string?)card["url"]);
    }

    private static string Of(string method, string part) =>
        Send.Replace("METHOD", method, StringComparison.Ordinal).Replace("PART", part, StringComparison.Ordinal);

    private static string Event(string result) => $"data: {{\"jsonrpc\":\"2.0\",\"id\":\"7\",\"result\":{result}}}\n\n";
}
