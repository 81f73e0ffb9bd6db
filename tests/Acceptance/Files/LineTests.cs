using System.ClientModel;
using System.Text;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Acceptance.Wire;
using EdgeFilter.Proxy.Simulation;
using OpenAI;
using OpenAI.Files;

namespace EdgeFilter.Acceptance.Files;

/// <summary>Files of JSON Lines on their way to a provider and back: each line is filtered as the body that it holds.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class LineTests(ScriptedFixture fixture) : IDisposable
{
    private const string Stored = """{"id":"file-1","object":"file","bytes":1,"created_at":1,"filename":"f.jsonl","purpose":"batch","status":"processed"}""";
    private const string Content = "/openai/v1/files/file-1/content";

    private readonly WireClient client = new(fixture.Proxy.Url);

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task Upload_OfTheSdk_EachLineIsFilteredAsItsOwnRequest()
    {
        var lines = Request("1", "plain words") + "\r\n" + Request("2", $"card {SyntheticValues.PaymentCard}") + "\n\n" + Request("3", "\\u0041 é");

        await UploadAsync(lines);

        var sent = Encoding.UTF8.GetString(fixture.Upstream.Last.Body);
        Assert.Contains("\r\n\r\n" + lines.Replace(SyntheticValues.PaymentCard, "**** **** **** 1111", StringComparison.Ordinal) + "\r\n--", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_WithABlockedLine_IsRefusedAndNamesTheLine()
    {
        var before = fixture.Upstream.Count;

        var error = await Assert.ThrowsAsync<ClientResultException>(() => UploadAsync(Request("1", "x") + "\n" + Request("2", $"NIF {SyntheticValues.SpanishNif}")));

        Assert.Equal(400, error.Status);
        Assert.Contains("Line 2 of the file: Identity numbers may not be sent.", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, fixture.Upstream.Count);
    }

    [Theory]
    [InlineData("{\"custom_id\":\"1\",\"url\":\"/v1/unheard-of\",\"body\":{}}", "Line 1 of the file: The line asks an API")]
    [InlineData("{\"custom_id\":\"1\"}\nnot JSON", "Line 2 of the file: The body is not valid JSON.")]
    [InlineData("{\"custom_id\":\"1\",\"custom_id\":\"2\"}", "Line 1 of the file: An object has two members of the same name")]
    public async Task Upload_OfWhatCannotBeRead_IsRefusedAndNamesTheLine(string lines, string message)
    {
        var error = await Assert.ThrowsAsync<ClientResultException>(() => UploadAsync(lines));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"PLACE\"},{\"role\":\"assistant\",\"content\":\"yes\"}]}")]
    [InlineData("{\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]},\"preferred_output\":[{\"role\":\"assistant\",\"content\":\"PLACE\"}]}")]
    [InlineData("{\"prompt\":\"PLACE\",\"completion\":\"b\"}")]
    [InlineData("{\"unheard_of\":{\"deep\":[\"PLACE\"]}}")]
    public async Task Upload_OfExamples_IsFilteredWhateverTheirShape(string line)
    {
        await UploadAsync(line.Replace("PLACE", SyntheticValues.PaymentCard, StringComparison.Ordinal), FileUploadPurpose.FineTune);

        Assert.Contains(line.Replace("PLACE", "**** **** **** 1111", StringComparison.Ordinal), Encoding.UTF8.GetString(fixture.Upstream.Last.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_OfAText_IsFilteredAsOneText()
    {
        await UploadAsync($"Dear all,\n\nthe card is {SyntheticValues.PaymentCard}.\n{{not JSON\n", FileUploadPurpose.Assistants, "letter.txt");

        Assert.Contains("the card is **** **** **** 1111.\n{not JSON\n\r\n--", Encoding.UTF8.GetString(fixture.Upstream.Last.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_OfABatch_KeepTheirLinesAndABlockedOneFails()
    {
        var clean = Answer("1", "fine") + "\r\n";
        var redacted = Answer("2", $"write to {SyntheticValues.EmailAddress}") + "\n";
        var blocked = Answer("3", $"account {SyntheticValues.Iban}") + "\n";
        var failed = """{"id":"b_4","custom_id":"4","response":null,"error":{"code":"batch_expired","message":"late"}}""";
        fixture.Upstream.Says(clean + redacted + blocked + failed, "application/octet-stream");

        var answer = await client.GetAsync(Content);

        var lines = answer.Text.Split('\n');
        Assert.Equal(clean.TrimEnd('\n'), lines[0]);
        Assert.Equal(redacted.TrimEnd('\n').Replace(SyntheticValues.EmailAddress, "[e-mail]", StringComparison.Ordinal), lines[1]);
        Assert.Contains("\"custom_id\":\"3\",\"response\":{\"status_code\":400,\"request_id\":\"r\",\"body\":{\"error\":{\"message\":\"Account numbers", lines[2], StringComparison.Ordinal);
        Assert.DoesNotContain("DE89", lines[2], StringComparison.Ordinal);
        Assert.Equal(failed, lines[3]);
    }

    [Fact]
    public async Task Results_OfAnthropicBatches_KeepTheirLinesAndABlockedOneIsErrored()
    {
        string Result(string id, string text) => $$$"""{"custom_id":"{{{id}}}","result":{"type":"succeeded","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"{{{text}}}"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"output_tokens":1} } }}""";
        fixture.Upstream.Says(Result("1", "fine") + "\n" + Result("2", SyntheticValues.Iban) + "\n", "application/x-jsonl");

        var answer = await client.GetAsync("/anthropic/v1/messages/batches/msgbatch_1/results");

        var lines = answer.Text.Split('\n');
        Assert.Equal(Result("1", "fine"), lines[0]);
        Assert.StartsWith("{\"custom_id\":\"2\",\"result\":{\"type\":\"errored\",\"error\":{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\"", lines[1], StringComparison.Ordinal);
        Assert.Equal("", lines[2]);
    }

    /// <summary>Law 7: a file far larger than what may be held is filtered, and its lines come as they are done.</summary>
    [Fact]
    public async Task Results_LargerThanWhatMayBeHeld_AreFilteredLineByLine()
    {
        var line = Encoding.UTF8.GetBytes(Answer("1", $"write to {SyntheticValues.EmailAddress} " + new string('a', 2_000)) + "\n");
        fixture.Upstream.Answer = async context =>
        {
            for (var i = 0; i < 800; i++)
            {
                await context.Response.Body.WriteAsync(line);
            }
        };

        var answer = await client.GetAsync(Content);

        Assert.Equal(200, answer.Status);
        Assert.Equal(800, answer.Text.Split("write to [e-mail] ").Length - 1);
        Assert.DoesNotContain(SyntheticValues.EmailAddress, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_WithALineLongerThanWhatMayBeHeld_BreaksOff()
    {
        fixture.Upstream.Says(Answer("1", "x") + "\n" + Answer("2", new string('a', 2 << 20)), "application/octet-stream");

        Assert.Equal(0, (await client.GetAsync(Content)).Status);
    }

    [Fact]
    public async Task Content_ThatIsText_IsFilteredAsOneText()
    {
        fixture.Upstream.Says($"Notes.\nWrite to {SyntheticValues.EmailAddress}.", "application/octet-stream");

        Assert.Equal("Notes.\nWrite to [e-mail].", (await client.GetAsync(Content)).Text);
    }

    [Fact]
    public async Task Content_WithALineThatIsNoJson_IsFilteredAsText()
    {
        fixture.Upstream.Says($"{{\"a\":1}}\nWrite to {SyntheticValues.EmailAddress}.\n", "application/octet-stream");

        Assert.Equal("{\"a\":1}\nWrite to [e-mail].\n", (await client.GetAsync(Content)).Text);
    }

    /// <summary>Text that is not read must not pass for a file that is no text.</summary>
    [Theory]
    [InlineData("utf-16", "\ufeff")]
    [InlineData("utf-16BE", "")]
    [InlineData("latin1", "caf\u00e9 ")]
    public async Task Content_ThatIsTextInAnotherEncoding_IsWithheld(string encoding, string odd)
    {
        fixture.Upstream.Says(Encoding.GetEncoding(encoding).GetBytes($"{odd}Notes. Write to {SyntheticValues.EmailAddress}."), "application/octet-stream");

        Assert.Equal(502, (await client.GetAsync(Content)).Status);
    }

    [Fact]
    public async Task Content_ThatIsNoText_PassesByteForByte()
    {
        byte[] picture = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 1, 2, 0xFF];
        fixture.Upstream.Says(picture, "application/octet-stream");

        Assert.Equal(picture, (await client.GetAsync(Content)).Body);
    }

    [Fact]
    public async Task AnthropicBatch_EachRequestIsFiltered()
    {
        string Batch(string text) => $$$"""{"requests":[{"custom_id":"a","params":{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"{{{text}}}"}]}}]}""";
        fixture.Upstream.Says("""{"id":"msgbatch_1","type":"message_batch","processing_status":"in_progress"}""");

        await client.PostAsync("/anthropic/v1/messages/batches", Batch($"card {SyntheticValues.PaymentCard}"));
        Assert.Equal(Batch("card **** **** **** 1111"), Encoding.UTF8.GetString(fixture.Upstream.Last.Body));

        var answer = await client.PostAsync("/anthropic/v1/messages/batches", Batch(SyntheticValues.SpanishNif));
        Assert.Equal((400, "invalid_request_error"), (answer.Status, (string?)answer.Json["error"]!["type"]));
    }

    private static string Request(string id, string text) =>
        $$$"""{"custom_id":"{{{id}}}","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"user","content":"{{{text}}}"}]}}""";

    private static string Answer(string id, string text) =>
        $$$"""{"id":"b_{{{id}}}","custom_id":"{{{id}}}","response":{"status_code":200,"request_id":"r","body":{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"{{{text}}}"},"finish_reason":"stop"}]}},"error":null}""";

    private async Task UploadAsync(string lines, FileUploadPurpose? purpose = null, string name = "requests.jsonl")
    {
        fixture.Upstream.Says(Stored);
        var files = new OpenAIClient(new ApiKeyCredential("sk-client"), new OpenAIClientOptions { Endpoint = fixture.Proxy.OpenAi }).GetOpenAIFileClient();
        await files.UploadFileAsync(new MemoryStream(Encoding.UTF8.GetBytes(lines)), name, purpose ?? FileUploadPurpose.Batch);
    }
}
