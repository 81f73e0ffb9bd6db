using System.Text;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>A block in a Responses stream is the API's own for its SDKs, and final for agents that take an incomplete answer for a broken connection.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class ResponsesBlockTests(ScriptedFixture fixture) : IDisposable
{
    private readonly WireClient client = new(fixture.Proxy.Url);

    private static readonly string Stream = string.Concat(
        Event("response.created", "\"response\":{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1,\"status\":\"in_progress\",\"model\":\"m\",\"output\":[]}"),
        Event("response.output_item.added", "\"output_index\":0,\"item\":{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}"),
        Event("response.content_part.added", "\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"part\":{\"type\":\"output_text\",\"text\":\"\",\"annotations\":[]}"),
        Event("response.output_text.delta", "\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"delta\":\"Pay to \""),
        Event("response.output_text.delta", $"\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"delta\":\"{SyntheticValues.Iban} as soon as you can, please; that is all there is to say about it, and there is nothing more to come after this sentence.\""));

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData("User-Agent", "OpenAI/JS 7.57", "response.incomplete")]
    [InlineData("User-Agent", "codex_cli_rs/0.50 (Debian)", "response.failed")]
    [InlineData("originator", "codex_cli_rs", "response.failed")]
    public async Task Stream_Blocked_EndsAsItsClientUnderstands(string header, string value, string last)
    {
        fixture.Upstream.Says(Stream, "text/event-stream");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(fixture.Proxy.Url, "/openai/v1/responses"))
        {
            Content = new StringContent("""{"model":"m","stream":true,"input":"x"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation(header, value);

        var answer = await client.SendAsync(request);

        Assert.DoesNotContain("DE89", answer.Text, StringComparison.Ordinal);
        var events = answer.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith($"event: {last}\n", events[^1], StringComparison.Ordinal);
        Assert.Single(events, e => e.Contains("\"status\":\"incomplete\"", StringComparison.Ordinal) && e.StartsWith("event: response.output_item.done", StringComparison.Ordinal) && e.Contains("msg_1", StringComparison.Ordinal));
        Assert.Contains(last == "response.failed" ? "\"error\":{\"code\":\"invalid_prompt\",\"message\":\"Account numbers" : "\"incomplete_details\":{\"reason\":\"content_filter\"}", events[^1], StringComparison.Ordinal);
    }

    private static string Event(string type, string members) => $"event: {type}\ndata: {{\"type\":\"{type}\",\"sequence_number\":1,{members}}}\n\n";
}
