using System.Text;
using System.Text.Json;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols;
using EdgeFilter.Proxy.WireProtocols.Anthropic;
using EdgeFilter.Proxy.WireProtocols.Answers;
using EdgeFilter.Proxy.WireProtocols.Gemini;
using EdgeFilter.Proxy.WireProtocols.Mcp;
using EdgeFilter.Proxy.WireProtocols.OpenAi;

namespace EdgeFilter.Proxy.Tests.WireProtocols;

public class AnswerTests
{
    private static readonly BlockNotice Notice = new("Stopped by \"policy\" é.", "req_1", "messages[0].content");

    public static TheoryData<string> Protocols => [.. WireProtocolCatalog.All.Select(p => p.Id)];

    [Fact]
    public void BlockRequest_OpenAi_IsItsContentFilterError()
    {
        var answer = OpenAiProtocols.Chat.Answers.BlockRequest(Notice);

        Assert.Equal(400, answer.Status);
        Assert.Equal(
            """{"error":{"message":"Stopped by \"policy\" é.","type":"invalid_request_error","param":"messages[0].content","code":"content_filter"}}""",
            Encoding.UTF8.GetString(answer.Body));
        Assert.Contains(new("x-should-retry", "false"), answer.Headers);
        Assert.Contains(new("x-request-id", "req_1"), answer.Headers);
    }

    [Fact]
    public void BlockRequest_Anthropic_IsItsInvalidRequestError()
    {
        var answer = AnthropicProtocols.Messages.Answers.BlockRequest(Notice);

        Assert.Equal(400, answer.Status);
        Assert.Equal(
            """{"type":"error","error":{"type":"invalid_request_error","message":"Stopped by \"policy\" é."},"request_id":"req_1"}""",
            Encoding.UTF8.GetString(answer.Body));
        Assert.Contains(new("request-id", "req_1"), answer.Headers);
    }

    /// <summary>Law 8: nothing that a rule decides may be asked again; every error is JSON and names the request.</summary>
    [Theory]
    [MemberData(nameof(Protocols))]
    public void Answers_OfEveryProtocol_AreJsonAndNeverRetriedForADecision(string id)
    {
        var answers = WireProtocolCatalog.All.Single(p => p.Id == id).Answers;
        foreach (var blocked in new[] { answers.BlockRequest(Notice), answers.BlockResponse(Notice) })
        {
            Assert.True(blocked.Status is 200 or 400, $"{blocked.Status} makes some client ask again.");
            Assert.Contains(new("x-should-retry", "false"), blocked.Headers);
            Assert.Contains(blocked.Headers, h => h.Value == "req_1");
            JsonDocument.Parse(blocked.Body).Dispose();
        }

        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            var fault = new Fault(kind, "What to do.", "req_2");
            var answer = answers.Error(fault);
            Assert.Equal(fault.Status, answer.Status);
            Assert.Contains("What to do.", Encoding.UTF8.GetString(answer.Body), StringComparison.Ordinal);
            Assert.Equal(fault.Status < 500 || kind == FaultKind.Internal, answer.Headers.Contains(new("x-should-retry", "false")));
            JsonDocument.Parse(answer.Body).Dispose();
        }
    }

    [Fact]
    public void TryBlockOutput_OneChoiceOfOpenAi_LeavesTheOthers()
    {
        using var body = JsonBody.Rent();
        Assert.Null(body.Read(Samples.Bytes("openai.chat.response"), OpenAiChatTables.Response));
        var splicer = new JsonSplicer(body);

        Assert.True(OpenAiProtocols.Chat.Answers.TryBlockOutput(body, splicer, 1, Notice));

        using var before = JsonDocument.Parse(body.Bytes);
        using var after = JsonDocument.Parse(splicer.ToArray());
        var choices = after.RootElement.GetProperty("choices");
        Assert.Equal(before.RootElement.GetProperty("choices")[0].GetRawText(), choices[0].GetRawText());
        Assert.Equal(
            """{"index":1,"message":{"role":"assistant","content":null,"refusal":"Stopped by \"policy\" é."},"logprobs":null,"finish_reason":"content_filter"}""",
            choices[1].GetRawText());
        Assert.Equal(before.RootElement.GetProperty("usage").GetRawText(), after.RootElement.GetProperty("usage").GetRawText());
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"stop_details\":null")]
    [InlineData(",\"stop_details\":{\"type\":\"refusal\",\"explanation\":\"secret\"}")]
    public void TryBlockOutput_Anthropic_IsARefusal(string details)
    {
        using var body = JsonBody.Rent();
        var json = """{"id":"msg_1","content":[{"type":"text","text":"secret"}],"stop_reason":"end_turn","stop_sequence":"secret" """
            + details + ""","usage":{"output_tokens":1}}""";
        Assert.Null(body.Read(Encoding.UTF8.GetBytes(json), AnthropicMessagesTables.Response));
        var splicer = new JsonSplicer(body);

        Assert.True(AnthropicProtocols.Messages.Answers.TryBlockOutput(body, splicer, -1, Notice));

        var text = Encoding.UTF8.GetString(splicer.ToArray());
        using var after = JsonDocument.Parse(text);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Equal("refusal", after.RootElement.GetProperty("stop_reason").GetString());
        Assert.Equal(Notice.Message, after.RootElement.GetProperty("stop_details").GetProperty("explanation").GetString());
        Assert.Equal(Notice.Message, after.RootElement.GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(1, after.RootElement.GetProperty("usage").GetProperty("output_tokens").GetInt32());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void TryBlockOutput_OfAnErrorBody_SaysThatThereIsNoPlace(string id)
    {
        var protocol = WireProtocolCatalog.All.Single(p => p.Id == id);
        using var body = JsonBody.Rent();
        Assert.Null(body.Read("""{"error":{"message":"secret"}}"""u8.ToArray(), protocol.Response));

        Assert.False(protocol.Answers.TryBlockOutput(body, new JsonSplicer(body), -1, Notice));
    }

    [Fact]
    public void BlockRequest_Gemini_IsPromptFeedbackInTheFormThatWasAskedFor()
    {
        const string Feedback = """{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT","blockReasonMessage":"Stopped by \"policy\" é."},"usageMetadata":{"promptTokenCount":0,"totalTokenCount":0}}""";
        var whole = GeminiProtocols.Generate.Answers.BlockRequest(Notice);
        var array = GeminiProtocols.Stream.Answers.BlockRequest(Notice);
        var events = GeminiProtocols.Stream.Answers.BlockRequest(Notice with { AsEvents = true });

        Assert.Equal((200, Feedback), (whole.Status, Encoding.UTF8.GetString(whole.Body)));
        Assert.Equal($"[{Feedback}]", Encoding.UTF8.GetString(array.Body));
        Assert.Equal($"data: {Feedback}\r\n\r\n", Encoding.UTF8.GetString(events.Body));
        Assert.Equal("text/event-stream", events.ContentType);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{}}""", """{"jsonrpc":"2.0","id":7,"result":{"content":[{"type":"text","text":"Stopped by \"policy\" é."}],"isError":true}}""", 200)]
    [InlineData("""{"jsonrpc":"2.0","id":"a\"b","method":"prompts/get"}""", """{"jsonrpc":"2.0","id":"a\"b","error":{"code":-32010,"message":"Stopped by \"policy\" é."}}""", 200)]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/x"}""", """{"jsonrpc":"2.0","id":null,"error":{"code":-32010,"message":"Stopped by \"policy\" é."}}""", 400)]
    public void BlockRequest_Mcp_AnswersTheRequestsOwnId(string request, string expected, int status)
    {
        using var body = JsonBody.Rent();
        Assert.Null(body.Read(Encoding.UTF8.GetBytes(request), McpTables.Message));

        var answer = McpProtocols.Message.Answers.BlockRequest(Notice, body);

        Assert.Equal((status, expected), (answer.Status, Encoding.UTF8.GetString(answer.Body)));
    }

    /// <summary>Every protocol that has a report of filtered output leaves nothing of what was blocked.</summary>
    [Theory]
    [InlineData("openai.chat.response", "555 0100")]
    [InlineData("openai.completions.response", "one")]
    [InlineData("openai.responses.response", "The answer.")]
    [InlineData("anthropic.messages.response", "555 0100")]
    [InlineData("gemini.generate.response", "The answer is here.")]
    [InlineData("bedrock.converse.response", "The answer.")]
    [InlineData("mcp.response", "inside")]
    public void TryBlockOutput_Sample_LeavesNothingOfTheText(string name, string text)
    {
        var protocol = Samples.ProtocolOf(name);
        using var body = JsonBody.Rent();
        Assert.Null(body.Read(Samples.Bytes(name), protocol.Response));
        var splicer = new JsonSplicer(body);

        Assert.True(protocol.Answers.TryBlockOutput(body, splicer, -1, Notice));

        var blocked = splicer.ToArray();
        using var again = JsonBody.Rent();
        Assert.Null(again.Read(blocked, protocol.Response));
        Assert.DoesNotContain(text, Encoding.UTF8.GetString(blocked), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai", "POST", "/v1/chat/completions", "openai.chat")]
    [InlineData("openai", "POST", "/chat/completions", "openai.chat")]
    [InlineData("openai", "GET", "/v1/chat/completions", null)]
    [InlineData("openai", "POST", "/V1/chat/completions", null)]
    [InlineData("openai", "POST", "/v1/chat/completions/", null)]
    [InlineData("openai", "POST", "/v1//chat/completions", null)]
    [InlineData("openai", "POST", "/v1/messages", "anthropic.messages")]
    [InlineData("openai", "POST", "/v1/Messages", null)]
    [InlineData("gemini", "POST", "/v1beta/models/gemini-2.5-flash:streamGenerateContent", "gemini.stream")]
    [InlineData("gemini", "POST", "/v1/projects/p/locations/l/publishers/google/models/m:generateContent", "gemini.generate")]
    [InlineData("gemini", "POST", "/v1beta/models/m:tuneModel", null)]
    [InlineData("azure", "POST", "/openai/deployments/d/chat/completions", "azure.chat")]
    [InlineData("bedrock", "POST", "/model/eu.anthropic.claude-x:0/invoke", "bedrock.invoke_anthropic")]
    [InlineData("bedrock", "POST", "/model/meta.llama/invoke-agent", null)]
    [InlineData("bedrock", "POST", "/model/amazon.nova-lite-v1:0/converse-stream", "bedrock.converse_stream")]
    [InlineData("ollama", "POST", "/api/create", null)]
    [InlineData("ollama", "POST", "/v1/chat/completions", "openai.chat")]
    [InlineData("mcp", "POST", "/", "mcp")]
    [InlineData("anthropic", "POST", "/v1/messages", "anthropic.messages")]
    [InlineData("anthropic", "POST", "/v1/messages/count_tokens", "anthropic.count_tokens")]
    public void Find_Path_IsComparedLetterByLetter(string family, string method, string path, string? id) =>
        Assert.Equal(id, WireProtocolCatalog.Find(family, method, path, out _)?.Id);
}
