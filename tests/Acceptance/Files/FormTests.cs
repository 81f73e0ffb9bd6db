using System.ClientModel;
using System.Text;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Acceptance.Wire;
using EdgeFilter.Proxy.Simulation;
using OpenAI;
using OpenAI.Audio;
using OpenAI.Images;

namespace EdgeFilter.Acceptance.Files;

/// <summary>Requests that are forms: the official SDK's, and exact bytes.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class FormTests(ScriptedFixture fixture) : IDisposable
{
    private const string Boundary = "b0undary";
    private const string FormType = $"multipart/form-data; boundary={Boundary}";
    private const string Srt = "1\r\n00:00:00,000 --> 00:00:02,000\r\nWrite to PLACE,\r\nplease.\r\n\r\n2\r\n00:00:02,500 --> 00:00:04,000\r\nBye.\r\n";

    private readonly WireClient client = new(fixture.Proxy.Url);

    // What a form as the SDK writes it looks like, and a file that is sound: bytes that no text has.
    private static readonly byte[] Sound = [.. "ID3"u8, 4, 0, 0, 0xFF, 0xFB, .. "4111 1111 1111 1111"u8];

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task Transcription_OfTheSdk_GoesThroughAndItsPromptIsFiltered()
    {
        fixture.Upstream.Says($$"""{"text":"Write to {{SyntheticValues.EmailAddress}}."}""");
        var audio = Sdk().GetAudioClient("whisper-1");

        var answer = await audio.TranscribeAudioAsync(new MemoryStream(Sound), "call.mp3", new AudioTranscriptionOptions { Prompt = $"card {SyntheticValues.PaymentCard} end" });

        Assert.Equal("Write to [e-mail].", answer.Value.Text);
        var sent = Encoding.Latin1.GetString(fixture.Upstream.Last.Body);
        Assert.Contains("\r\n\r\ncard **** **** **** 1111 end\r\n--", sent, StringComparison.Ordinal);
        Assert.Contains(Encoding.Latin1.GetString(Sound), sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImageEdit_OfTheSdk_WithAnIdentityNumber_IsRefusedAsContentFilter()
    {
        var before = fixture.Upstream.Count;
        var images = Sdk().GetImageClient("gpt-image-1");

        var error = await Assert.ThrowsAsync<ClientResultException>(() =>
            images.GenerateImageEditAsync(new MemoryStream([0x89, .. "PNG\r\n"u8, 0x1A, 0x0A]), "me.png", $"A card for {SyntheticValues.SpanishNif}"));

        Assert.Equal(400, error.Status);
        Assert.Contains("content_filter", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, fixture.Upstream.Count);
    }

    /// <summary>Law 2: what no rule changes arrives byte for byte, and what one changes, changes nowhere else.</summary>
    [Fact]
    public async Task Form_ArrivesByteForByteButForTheCard()
    {
        fixture.Upstream.Says("""{"text":"x"}""");
        byte[] Form(string card) =>
        [
            .. Encoding.UTF8.GetBytes($"--{Boundary}\r\ncontent-disposition:  form-data;name=\"prompt\"\r\n\r\n \\u0034 {card} é\"\r\n\n--\r\n--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a b.mp3\"\r\nContent-Type: audio/mpeg\r\n\r\n"),
            .. Sound, .. Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n"),
        ];

        await client.PostAsync("/openai/v1/audio/transcriptions", Form("none"), FormType);
        Assert.Equal(Form("none"), fixture.Upstream.Last.Body);

        await client.PostAsync("/openai/v1/audio/transcriptions", Form(SyntheticValues.PaymentCard), FormType);
        Assert.Equal(Form("**** **** **** 1111"), fixture.Upstream.Last.Body);
        Assert.Equal(FormType, fixture.Upstream.Last.Headers["Content-Type"]);
    }

    [Fact]
    public async Task Form_WhoseFieldsSayTheirLengths_IsStillAFormWhenTheyChange()
    {
        fixture.Upstream.Says("""{"text":"x"}""");
        string Form(string length, string text) => $"--{Boundary}\r\nContent-Disposition: form-data; name=\"prompt\"\r\n{length}\r\n{text}\r\n--{Boundary}--\r\n";

        await client.PostAsync("/openai/v1/audio/transcriptions", Form("Content-Length: 24\r\n", $"card {SyntheticValues.PaymentCard}"), FormType);

        Assert.Equal(Form("", "card **** **** **** 1111"), Encoding.UTF8.GetString(fixture.Upstream.Last.Body));
    }

    [Theory]
    [InlineData("application/json", "{}", 415)]
    [InlineData("multipart/form-data", "--x--", 415)]
    [InlineData("multipart/form-data; boundary=b0undary; boundary=other", "--b0undary--", 415)]
    [InlineData(FormType, "--b0undary\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\ncanary", 400)]
    [InlineData(FormType, "canary--b0undary\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\nx\r\n--b0undary--\r\n", 400)]
    public async Task Form_Ambiguous_IsRefused(string type, string form, int status)
    {
        var before = fixture.Upstream.Count;

        var answer = await client.PostAsync("/openai/v1/audio/transcriptions", form, type);

        Assert.Equal(status, answer.Status);
        Assert.True(answer.ErrorMessage.Length > 10);
        Assert.DoesNotContain("canary", answer.Text, StringComparison.Ordinal);
        Assert.Equal(before, fixture.Upstream.Count);
    }

    [Theory]
    [InlineData("text/plain; charset=utf-8")]
    [InlineData("application/x-subrip")]
    public async Task Transcription_AsSubtitles_IsFilteredAndKeepsItsTimes(string type)
    {
        var sent = Srt.Replace("PLACE", SyntheticValues.EmailAddress, StringComparison.Ordinal);
        fixture.Upstream.Says(sent, type);

        var answer = await TranscribeAsync();

        Assert.Equal((200, sent.Replace(SyntheticValues.EmailAddress, "[e-mail]", StringComparison.Ordinal)), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task Transcription_AccountNumberOverSubtitles_IsBlocked()
    {
        fixture.Upstream.Says("WEBVTT\n\n00:01.000 --> 00:02.000 align:left\nthe account is DE89 3704 0044\n\n00:02.000 --> 00:03.000\n0532 0130 00\n", "text/vtt");

        var answer = await TranscribeAsync();

        Assert.Equal(400, answer.Status);
        Assert.StartsWith("Account numbers may not be shown.", answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain words, nothing else\n", "text/plain")]
    [InlineData("WEBVTT\n\nNOTE hello\n\n1\n00:01.000 --> 00:02.000\nYes.\n", "text/vtt")]
    public async Task Transcription_Clean_ArrivesByteForByte(string text, string type)
    {
        fixture.Upstream.Says(text, type);

        Assert.Equal(text, (await TranscribeAsync()).Text);
    }

    [Fact]
    public async Task Transcription_NeitherJsonNorText_IsWithheld()
    {
        fixture.Upstream.Says(Sound, "audio/mpeg");

        Assert.Equal(502, (await TranscribeAsync()).Status);
    }

    [Fact]
    public async Task Speech_IsPassedAsItIsAndItsInputFiltered()
    {
        fixture.Upstream.Says(Sound, "audio/mpeg");

        var answer = await client.PostAsync("/openai/v1/audio/speech", $$"""{"model":"tts-1","voice":"alloy","input":"card {{SyntheticValues.PaymentCard}}"}""");

        Assert.Equal(Sound, answer.Body);
        Assert.EndsWith("\"card **** **** **** 1111\"}", Encoding.UTF8.GetString(fixture.Upstream.Last.Body), StringComparison.Ordinal);
    }

    private Task<WireAnswer> TranscribeAsync() => client.PostAsync(
        "/openai/v1/audio/transcriptions",
        $"--{Boundary}\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n--{Boundary}--\r\n",
        FormType);

    private OpenAIClient Sdk() => new(new ApiKeyCredential("sk-client"), new OpenAIClientOptions { Endpoint = fixture.Proxy.OpenAi });
}
