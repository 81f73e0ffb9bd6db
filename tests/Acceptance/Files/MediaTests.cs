using System.Text;
using EdgeFilter.Acceptance.Wire;
using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.Files;

/// <summary>Media by policy: taken out, refused, passed and recorded; and text in the clothes of media, which is read.</summary>
public sealed class MediaTests(MediaFixture fixture) : IClassFixture<MediaFixture>, IDisposable
{
    private const string Note = "[image removed by policy]";
    private const string Chat = "/openai/v1/chat/completions";

    // A picture of one point; the beginnings of a PDF, of a Word file and of a recording.
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private static readonly string Pdf = Convert.ToBase64String([.. "%PDF-1.7\n"u8, 0xE2, 0xE3, 0xCF, 0xD3, 0x00]);
    private static readonly string Word = Convert.ToBase64String([.. "PK\u0003\u0004"u8, 0xFF, 0, .. "word/document.xml"u8]);
    private static readonly string Sound = Convert.ToBase64String([.. "ID3"u8, 4, 0, 0, 0, 0, 0, 0, 0xFF, 0xFB, 1, 2, 3, 4, 5, 6, 7, 8]);

    private readonly WireClient client = new(fixture.Proxy.Url);

    public static TheoryData<string, string, string> Images => new()
    {
        { Chat, Parts($$$$"""{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{{Png}}}}"}}"""), $$"""{"type":"text","text":"{{Note}}"}""" },
        { Chat, Parts("""{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}"""), $$"""{"type":"text","text":"{{Note}}"}""" },
        { "/openai/v1/responses", """{"model":"m","input":[{"role":"user","content":[{"type":"input_image","image_url":"https://example.com/a.png"}]}]}""", $$"""{"type":"input_text","text":"{{Note}}"}""" },
        { "/anthropic/v1/messages", Parts($$$$"""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"{{{{Png}}}}"}}"""), $$"""{"type":"text","text":"{{Note}}"}""" },
        { "/gemini/v1beta/models/m:generateContent", $$$$"""{"contents":[{"role":"user","parts":[{"inlineData":{"mimeType":"image/png","data":"{{{{Png}}}}"}}]}]}""", $$"""{"text":"{{Note}}"}""" },
        { "/bedrock/model/m/converse", $$$$"""{"messages":[{"role":"user","content":[{"image":{"format":"png","source":{"bytes":"{{{{Png}}}}"}}}]}]}""", $$"""{"text":"{{Note}}"}""" },
    };

    public void Dispose() => client.Dispose();

    [Theory]
    [MemberData(nameof(Images))]
    public async Task Image_IsTakenOutInTheProtocolsOwnWords(string path, string body, string part)
    {
        await client.PostAsync(path, body);

        var sent = Encoding.UTF8.GetString(fixture.Upstream.Last.Body);
        Assert.Contains($"[{part}]", sent, StringComparison.Ordinal);
        Assert.DoesNotContain(Png, sent, StringComparison.Ordinal);
        Assert.DoesNotContain("example.com", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Image_InAListOfItsOwn_LeavesTheList()
    {
        await client.PostAsync("/ollama/api/chat", $$"""{"model":"m","stream":false,"messages":[{"role":"user","content":"look","images":["{{Png}}","{{Png}}"]}]}""");

        Assert.Equal("""{"model":"m","stream":false,"messages":[{"role":"user","content":"look","images":[]}]}""", Encoding.UTF8.GetString(fixture.Upstream.Last.Body));
    }

    [Fact]
    public async Task Image_ThatNothingCanStandInFor_IsRefused()
    {
        var before = fixture.Upstream.Count;

        var answer = await client.PostAsync("/openai/v1/images/variations", "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\n\u0089PNG\0\r\n--b--\r\n", "multipart/form-data; boundary=b");

        Assert.Equal((400, before), (answer.Status, fixture.Upstream.Count));
    }

    [Fact]
    public async Task Image_OfAModel_IsTakenOutOfTheAnswer()
    {
        fixture.Upstream.Says($$$$"""{"candidates":[{"content":{"role":"model","parts":[{"inlineData":{"mimeType":"image/png","data":"{{{{Png}}}}"}},{"text":"here"}]},"finishReason":"STOP"}]}""");

        var answer = await client.PostAsync("/gemini/v1beta/models/m:generateContent", """{"contents":[{"parts":[{"text":"draw"}]}]}""");

        Assert.Equal($$"""{"candidates":[{"content":{"role":"model","parts":[{"text":"{{Note}}"},{"text":"here"}]},"finishReason":"STOP"}]}""", answer.Text);
    }

    [Fact]
    public async Task Stream_WithAnImage_IsStopped()
    {
        fixture.Upstream.Says(
            $"data: {{\"candidates\":[{{\"content\":{{\"role\":\"model\",\"parts\":[{{\"inlineData\":{{\"mimeType\":\"image/png\",\"data\":\"{Png}\"}}}}]}},\"index\":0}}]}}\r\n\r\n", "text/event-stream");

        var answer = await client.PostAsync("/gemini/v1beta/models/m:streamGenerateContent?alt=sse", """{"contents":[{"parts":[{"text":"draw"}]}]}""");

        Assert.DoesNotContain(Png, answer.Text, StringComparison.Ordinal);
        Assert.Contains("finishReason", answer.Text, StringComparison.Ordinal);
    }

    /// <summary>What the bytes are counts, not what the sender calls them.</summary>
    [Theory]
    [InlineData("application/pdf")]
    [InlineData("application/zip")]
    [InlineData("text/plain")]
    public async Task Document_UnderAnyName_IsRefused(string type)
    {
        var pdf = await client.PostAsync(Chat, Parts($$$"""{"type":"file","file":{"filename":"a","file_data":"data:{{{type}}};base64,{{{Pdf}}}"}}"""));
        var word = await client.PostAsync(Chat, Parts($$$"""{"type":"file","file":{"filename":"a","file_data":"data:{{{type}}};base64,{{{Word}}}"}}"""));

        Assert.Equal((400, 400), (pdf.Status, word.Status));
        Assert.StartsWith("Documents may not be sent.", pdf.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1,2,3,4]")]
    [InlineData("[[1,2],[3,4]]")]
    public async Task TokenIds_AreRefused(string input)
    {
        var answer = await client.PostAsync("/openai/v1/embeddings", $$"""{"model":"m","input":{{input}}}""");

        Assert.StartsWith("Send the text itself.", answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StoredHistory_IsRefused()
    {
        var answer = await client.PostAsync("/openai/v1/responses", """{"model":"m","input":"go on","previous_response_id":"resp_1"}""");

        Assert.StartsWith("Send the text itself.", answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sound_BySize_PassesOrIsRefused()
    {
        string Of(string data) => Parts($$$"""{"type":"input_audio","input_audio":{"format":"mp3","data":"{{{data}}}"}}""");

        Assert.Equal(400, (await client.PostAsync(Chat, Of(Sound))).Status);
        Assert.Equal(200, (await client.PostAsync(Chat, Of(Convert.ToBase64String([.. "ID3"u8, 4, 0, 0, 0xFF])))).Status);
    }

    /// <summary>Text in base64 or a data URI is read like any other, and goes on in the coat it came in.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TextFile_IsReadAndFilteredInItsCoat(bool isBase64)
    {
        string Of(string text) => Parts(
            "{\"type\":\"file\",\"file\":{\"filename\":\"a.csv\",\"file_data\":\"data:text/csv"
            + (isBase64 ? ";base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) : "," + Uri.EscapeDataString(text)) + "\"}}");

        await client.PostAsync(Chat, Of($"name;card\nAna é;{SyntheticValues.PaymentCard}\nBo;{SyntheticValues.PaymentCard}\n"));
        Assert.Equal(Of("name;card\nAna é;**** **** **** 1111\nBo;**** **** **** 1111\n"), Encoding.UTF8.GetString(fixture.Upstream.Last.Body));

        await client.PostAsync(Chat, Of("nothing; here"));
        Assert.Equal(Of("nothing; here"), Encoding.UTF8.GetString(fixture.Upstream.Last.Body));
    }

    /// <summary>
    /// A provider reads such files as text too, so a single odd byte must not carry the rest past the filter. They are still files that
    /// may say more than was read, so they come under a name that the policy lets pass.
    /// </summary>
    [Theory]
    [InlineData("utf-16", "")]
    [InlineData("utf-16", "\ufeff")]
    [InlineData("utf-16BE", "")]
    [InlineData("utf-32", "\ufeff")]
    [InlineData("latin1", "\u00e9")]
    [InlineData("utf-8", "\u0000\u001b")]
    public async Task TextFile_InAnotherEncoding_IsReadAndFilteredInIt(string encoding, string odd)
    {
        var bytes = Encoding.GetEncoding(encoding);
        string Of(string text) => Parts(
            "{\"type\":\"file\",\"file\":{\"filename\":\"a.csv\",\"file_data\":\"data:application/zip;base64," + Convert.ToBase64String(bytes.GetBytes(text)) + "\"}}");

        await client.PostAsync(Chat, Of($"{odd}name of the buyer;card\nAna;{SyntheticValues.PaymentCard}\n"));

        Assert.Equal(Of($"{odd}name of the buyer;card\nAna;**** **** **** 1111\n"), Encoding.UTF8.GetString(fixture.Upstream.Last.Body));
    }

    private static string Parts(string part) => $$"""{"model":"m","max_tokens":9,"messages":[{"role":"user","content":[{{part}}]}]}""";
}
