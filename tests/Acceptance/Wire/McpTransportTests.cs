using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>The older and the newest transport of MCP, request by request: what its SDKs do with them is tried with the SDKs.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class McpTransportTests(ScriptedFixture fixture) : IDisposable
{
    private readonly WireClient client = new(fixture.Proxy.Url);

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData("/messages?sessionId=5f3c", "/mcp/messages?sessionId=5f3c")]
    [InlineData("http://elsewhere.example/messages?sessionId=5f3c", "PROXY/mcp/messages?sessionId=5f3c")]
    public async Task Listening_OfBefore2025_LeadsToTheProxyAndIsFiltered(string endpoint, string expected)
    {
        fixture.Upstream.Says(
            $$$"""
            event: endpoint
            data: {{{endpoint}}}

            event: message
            data: {"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"mail {{{SyntheticValues.EmailAddress}}} now"}]}}


            """,
            "text/event-stream");

        var answer = await client.GetAsync("/mcp/sse");

        Assert.StartsWith($"event: endpoint\ndata: {expected.Replace("PROXY", fixture.Proxy.Url.ToString().TrimEnd('/'), StringComparison.Ordinal)}\n\n", answer.Text, StringComparison.Ordinal);
        Assert.Contains("mail [e-mail] now", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_AnsweredOverTheStreamOfEvents_IsAcceptedAsItIs()
    {
        fixture.Upstream.Says("Accepted", "text/plain", 202);

        var answer = await client.PostAsync("/mcp/messages?sessionId=5f3c", """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""");

        Assert.Equal((202, "Accepted"), (answer.Status, answer.Text));
        Assert.Equal("/messages?sessionId=5f3c", fixture.Upstream.Last.Path);
    }

    [Fact]
    public async Task Argument_RepeatedInAHeader_IsEditedInBothAlike()
    {
        fixture.Upstream.Says("""{"jsonrpc":"2.0","id":3,"result":{"content":[]}}""");

        await CallAsync(SyntheticValues.PaymentCard, "pay");

        var sent = fixture.Upstream.Last;
        var inBody = (string?)System.Text.Json.Nodes.JsonNode.Parse(sent.Body)!["params"]!["arguments"]!["card"];
        Assert.DoesNotContain(SyntheticValues.PaymentCard, inBody, StringComparison.Ordinal);
        Assert.Equal(inBody, sent.Headers["Mcp-Param-Card"]);
        Assert.Equal("pay", sent.Headers["Mcp-Name"]);
    }

    [Fact]
    public async Task Argument_ThatOnlyAHeaderHas_IsRefused()
    {
        var before = fixture.Upstream.Count;

        var answer = await CallAsync("none", "pay", ("Mcp-Param-Note", $"=?base64?{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("nif " + SyntheticValues.SpanishNif))}?="));

        Assert.Equal((200, before), (answer.Status, fixture.Upstream.Count));
        Assert.True((bool)answer.Json["result"]!["isError"]!);
    }

    private async Task<WireAnswer> CallAsync(string card, string tool, params (string Name, string Value)[] more)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(fixture.Proxy.Url, "/mcp/mcp"))
        {
            Content = new StringContent(
                """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"TOOL","arguments":{"card":"CARD"}}}"""
                    .Replace("TOOL", tool, StringComparison.Ordinal).Replace("CARD", card, StringComparison.Ordinal),
                System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        request.Headers.Add("Mcp-Method", "tools/call");
        request.Headers.Add("Mcp-Name", tool);
        request.Headers.Add("Mcp-Param-Card", card);
        foreach (var (name, value) in more)
        {
            request.Headers.Add(name, value);
        }

        return await client.SendAsync(request);
    }
}
