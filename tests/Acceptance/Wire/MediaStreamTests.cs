using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>What OpenAI's media APIs stream: transcripts are text, pictures and sound pass as the policy says.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class MediaStreamTests(ScriptedFixture fixture) : IDisposable
{
    private const string Form = "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp3\"\r\nContent-Type: audio/mpeg\r\n\r\nID3\0\r\n--b--\r\n";

    private readonly WireClient client = new(fixture.Proxy.Url);

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task Transcript_AddressOverPieces_IsRedactedInEveryCopy()
    {
        Says(
            Delta("write to " + SyntheticValues.EmailAddress[..5]),
            Delta(SyntheticValues.EmailAddress[5..]),
            Event("transcript.text.segment", $$"""{"type":"transcript.text.segment","id":"seg_1","start":0.0,"end":1.5,"text":"{{SyntheticValues.EmailAddress}}","speaker":"A"}"""),
            Event("transcript.text.done", $$"""{"type":"transcript.text.done","text":"write to {{SyntheticValues.EmailAddress}}","logprobs":[{"token":"{{SyntheticValues.EmailAddress[..5]}}"}]}"""));

        var answer = await client.PostAsync("/openai/v1/audio/transcriptions", Form, "multipart/form-data; boundary=b");

        Assert.Equal(200, answer.Status);
        Assert.DoesNotContain(SyntheticValues.EmailAddress[..5], answer.Text, StringComparison.Ordinal);
        Assert.Contains("\"text\":\"write to [e-mail]\"", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transcript_Blocked_EndsWithAnError()
    {
        Says(Delta("pay to " + SyntheticValues.Iban + " now"), Event("transcript.text.done", """{"type":"transcript.text.done","text":"x"}"""));

        var answer = await client.PostAsync("/openai/v1/audio/transcriptions", Form, "multipart/form-data; boundary=b");

        Assert.DoesNotContain(SyntheticValues.Iban, answer.Text, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"content_filter\"", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("transcript.text.done", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/openai/v1/images/generations", "image_generation")]
    [InlineData("/openai/v1/images/edits", "image_edit")]
    public async Task Image_AsItIsPainted_PassesByteForByte(string path, string kind)
    {
        var events = Event($"{kind}.partial_image", $$"""{"type":"{{kind}}.partial_image","b64_json":"iVBORw0KGgo=","partial_image_index":0,"size":"1024x1024"}""")
            + Event($"{kind}.completed", $$"""{"type":"{{kind}}.completed","b64_json":"iVBORw0KGgo=","usage":{"total_tokens":5} }""");
        Says(events);

        var answer = await client.PostAsync(path, """{"model":"m","prompt":"a cat","stream":true,"partial_images":1}""");

        Assert.Equal((200, events), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task Part_OfAnUpload_IsFilteredAndOneWithAnIdentityNumberIsRefused()
    {
        fixture.Upstream.Says("""{"id":"part_1","object":"upload.part","created_at":1,"upload_id":"upload_1"}""");

        var clean = await client.PostAsync("/openai/v1/uploads/upload_1/parts", PartOf($"my card is {SyntheticValues.PaymentCard}"), "multipart/form-data; boundary=b");
        Assert.Equal(200, clean.Status);
        Assert.DoesNotContain(SyntheticValues.PaymentCard, System.Text.Encoding.UTF8.GetString(fixture.Upstream.Last.Body), StringComparison.Ordinal);

        var before = fixture.Upstream.Count;
        var refused = await client.PostAsync("/openai/v1/uploads/upload_1/parts", PartOf($"my NIF is {SyntheticValues.SpanishNif}"), "multipart/form-data; boundary=b");
        Assert.Equal((400, before), (refused.Status, fixture.Upstream.Count));
    }

    private static string PartOf(string text) => $"--b\r\nContent-Disposition: form-data; name=\"data\"; filename=\"blob\"\r\nContent-Type: application/octet-stream\r\n\r\n{text}\r\n--b--\r\n";

    private static string Delta(string text) => Event("transcript.text.delta", $$"""{"type":"transcript.text.delta","delta":"{{text}}"}""");

    private static string Event(string name, string data) => $"event: {name}\ndata: {data}\n\n";

    private void Says(params string[] events) => fixture.Upstream.Says(string.Concat(events), "text/event-stream");
}
