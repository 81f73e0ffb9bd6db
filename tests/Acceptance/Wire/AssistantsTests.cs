using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>OpenAI's Assistants: what goes into a thread, what a run streams, and what is read again later.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class AssistantsTests(ScriptedFixture fixture) : IDisposable
{
    private const string Run = """{"id":"run_1","object":"thread.run","thread_id":"thread_1","assistant_id":"asst_1","status":"STATUS","required_action":null,"last_error":null,"model":"m","instructions":null,"tools":[],"metadata":{}}""";
    private const string Message = """{"id":"msg_1","object":"thread.message","thread_id":"thread_1","run_id":"run_1","role":"assistant","status":"STATUS","content":CONTENT,"attachments":[],"metadata":{}}""";

    private readonly WireClient client = new(fixture.Proxy.Url);

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData("/openai/v1/threads", """{"messages":[{"role":"user","content":"PLACE"}]}""")]
    [InlineData("/openai/v1/threads", """{"messages":[{"role":"user","content":[{"type":"text","text":"PLACE"}]}]}""")]
    [InlineData("/openai/v1/threads/thread_1/messages", """{"role":"user","content":"PLACE"}""")]
    [InlineData("/openai/v1/threads/thread_1/runs", """{"assistant_id":"asst_1","additional_instructions":"PLACE"}""")]
    [InlineData("/openai/v1/threads/thread_1/runs", """{"assistant_id":"asst_1","additional_messages":[{"role":"user","content":"PLACE"}]}""")]
    [InlineData("/openai/v1/threads/runs", """{"assistant_id":"asst_1","thread":{"messages":[{"role":"user","content":"PLACE"}]}}""")]
    [InlineData("/openai/v1/threads/thread_1/runs/run_1/submit_tool_outputs", """{"tool_outputs":[{"tool_call_id":"call_1","output":"{\"a\":\"PLACE\"}"}]}""")]
    [InlineData("/openai/v1/assistants", """{"model":"m","instructions":"PLACE"}""")]
    [InlineData("/azure/openai/threads/thread_1/messages", """{"role":"user","content":"PLACE"}""")]
    public async Task Request_WithAnIdentityNumber_IsRefused(string path, string body)
    {
        var before = fixture.Upstream.Count;

        var answer = await client.PostAsync(path, body.Replace("PLACE", SyntheticValues.SpanishNif, StringComparison.Ordinal));

        Assert.True(answer.Status == 400, answer.ToString());
        Assert.Equal(before, fixture.Upstream.Count);
    }

    [Fact]
    public async Task Run_AddressOverPieces_IsRedactedInPiecesAndInTheWhole()
    {
        Says(
            Event("thread.run.created", Of(Run, "queued")),
            Event("thread.message.created", Of(Message, "in_progress", "[]")),
            Piece("mail " + SyntheticValues.EmailAddress[..4]),
            Piece(SyntheticValues.EmailAddress[4..] + " now"),
            Event("thread.message.completed", Of(Message, "completed", Content($"mail {SyntheticValues.EmailAddress} now"))),
            Event("thread.run.completed", Of(Run, "completed")),
            "event: done\ndata: [DONE]\n\n");

        var answer = await StreamAsync();

        Assert.DoesNotContain(SyntheticValues.EmailAddress[4..], answer.Text, StringComparison.Ordinal);
        Assert.Contains("\"value\":\"mail [e-mail] now\"", answer.Text, StringComparison.Ordinal);
        Assert.EndsWith("event: done\ndata: [DONE]\n\n", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Blocked_LeavesMessageAndRunIncomplete()
    {
        Says(
            Event("thread.run.created", Of(Run, "queued")),
            Event("thread.message.created", Of(Message, "in_progress", "[]")),
            Piece("pay to " + SyntheticValues.Iban + " now"),
            Event("thread.message.completed", Of(Message, "completed", Content("x"))));

        var answer = await StreamAsync();

        Assert.DoesNotContain(SyntheticValues.Iban, answer.Text, StringComparison.Ordinal);
        Assert.Contains("event: thread.message.incomplete\ndata: {\"id\":\"msg_1\"", answer.Text, StringComparison.Ordinal);
        Assert.Contains("event: thread.run.incomplete\ndata: {\"id\":\"run_1\"", answer.Text, StringComparison.Ordinal);
        Assert.EndsWith("event: done\ndata: [DONE]\n\n", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CallWithAnAddress_IsHeldAndRedactedWhereverItIsRepeated()
    {
        var arguments = $$"""{\"to\":\"{{SyntheticValues.EmailAddress}}\"}""";
        Says(
            Event("thread.run.created", Of(Run, "queued")),
            Event("thread.run.step.delta", """{"id":"step_1","object":"thread.run.step.delta","delta":{"step_details":{"type":"tool_calls","tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"send","arguments":""}}]}}}"""),
            Event("thread.run.step.delta", """{"id":"step_1","object":"thread.run.step.delta","delta":{"step_details":{"type":"tool_calls","tool_calls":[{"index":0,"function":{"arguments":"ARGS"}}]}}}""".Replace("ARGS", arguments[..12], StringComparison.Ordinal)),
            Event("thread.run.step.delta", """{"id":"step_1","object":"thread.run.step.delta","delta":{"step_details":{"type":"tool_calls","tool_calls":[{"index":0,"function":{"arguments":"ARGS"}}]}}}""".Replace("ARGS", arguments[12..], StringComparison.Ordinal)),
            Event("thread.run.requires_action", """{"id":"run_1","object":"thread.run","status":"requires_action","required_action":{"type":"submit_tool_outputs","submit_tool_outputs":{"tool_calls":[{"id":"call_1","type":"function","function":{"name":"send","arguments":"ARGS"}}]}}}""".Replace("ARGS", arguments, StringComparison.Ordinal)),
            "event: done\ndata: [DONE]\n\n");

        var answer = await StreamAsync();

        Assert.DoesNotContain(SyntheticValues.EmailAddress[4..], answer.Text, StringComparison.Ordinal);
        Assert.Equal(3, answer.Text.Split("[e-mail]").Length);
        Assert.True(answer.Text.IndexOf("step.delta", StringComparison.Ordinal) < answer.Text.IndexOf("requires_action", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/openai/v1/threads/thread_1/messages")]
    [InlineData("/openai/v1/threads/thread_1/messages/msg_1")]
    public async Task Messages_ReadAgain_AreFiltered(string path)
    {
        var message = Of(Message, "completed", Content($"mail {SyntheticValues.EmailAddress} now"));
        fixture.Upstream.Says(path.EndsWith("messages", StringComparison.Ordinal) ? $$"""{"object":"list","data":[{{message}}],"has_more":false}""" : message);

        var answer = await client.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.Contains("mail [e-mail] now", answer.Text, StringComparison.Ordinal);
    }

    private Task<WireAnswer> StreamAsync() => client.PostAsync("/openai/v1/threads/thread_1/runs", """{"assistant_id":"asst_1","stream":true}""");

    private void Says(params string[] events) => fixture.Upstream.Says(string.Concat(events), "text/event-stream");

    private static string Of(string form, string status, string content = "") =>
        form.Replace("STATUS", status, StringComparison.Ordinal).Replace("CONTENT", content, StringComparison.Ordinal);

    private static string Content(string text) => """[{"type":"text","text":{"value":"TEXT","annotations":[]}}]""".Replace("TEXT", text, StringComparison.Ordinal);

    private static string Piece(string text) =>
        Event("thread.message.delta", """{"id":"msg_1","object":"thread.message.delta","delta":{"content":[{"index":0,"type":"text","text":{"value":"TEXT"}}]}}""".Replace("TEXT", text, StringComparison.Ordinal));

    private static string Event(string name, string data) => $"event: {name}\ndata: {data}\n\n";
}
