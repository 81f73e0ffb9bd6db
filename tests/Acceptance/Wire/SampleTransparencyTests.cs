using System.Text.Json.Nodes;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.WireProtocols;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>
/// Under a policy that reads everything and changes nothing, each recorded body of each protocol arrives byte for byte, both ways;
/// so do forms, files of lines, transcripts and errors.
/// </summary>
public sealed class SampleTransparencyTests : IAsyncLifetime
{
    private const string Form = "--b\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\nécho 4111 1111 1111 1111\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp3\"\r\nContent-Type: audio/mpeg\r\n\r\nID3\0\r\n--b--\r\n";
    private const string Upload = "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jsonl\"\r\n\r\n{ \"custom_id\" : \"1\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"messages\":[{\"role\":\"user\",\"content\":\"\\u0041 4111 1111 1111 1111\"}]}}\r\n\n{\"custom_id\":\"2\",\"url\":\"/v1/embeddings\",\"body\":{\"input\":\"é\"}}\r\n--b--\r\n";
    private static readonly string Samples = Repository.PathOf("tests", "Proxy", "WireProtocols", "Samples");

    private ScriptedUpstream upstream = null!;
    private ProxyProcess proxy = null!;
    private WireClient client = null!;

    public async Task InitializeAsync()
    {
        upstream = await ScriptedUpstream.StartAsync();
        proxy = await ProxyProcess.StartAsync(new ProxySetup
        {
            ProviderUrl = upstream.Url,
            PolicyFiles = [Repository.PathOf("tests", "Acceptance", "policies", "watching.yaml")],
            Configure = configuration => configuration["Providers"] = new JsonObject(WireProtocolCatalog.All
                .Select(p => p.Families[0]).Distinct()
                .Select(family => KeyValuePair.Create<string, JsonNode?>(family, new JsonObject { ["Protocol"] = family, ["BaseAddress"] = upstream.Url }))),
        });
        client = new WireClient(proxy.Url);
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await proxy.DisposeAsync();
        await upstream.DisposeAsync();
    }

    [Fact]
    public async Task Bodies_OfEveryProtocol_ArriveByteForByte()
    {
        var tried = 0;
        foreach (var file in Directory.GetFiles(Samples, "*.request.json").Order(StringComparer.Ordinal))
        {
            var id = Path.GetFileName(file)[..^".request.json".Length];
            var protocol = WireProtocolCatalog.All.Single(p => p.Id == id);
            var answerFile = file.Replace(".request.", ".response.", StringComparison.Ordinal);
            var answer = File.Exists(answerFile) ? await File.ReadAllBytesAsync(answerFile) : "{ \"error\" : {\"message\":\"not \\u0041 word 4111 1111 1111 1111\"} }"u8.ToArray();
            var request = await File.ReadAllBytesAsync(file);
            upstream.Says(answer);

            var received = await client.PostAsync(PathOf(protocol), request);

            Assert.True(received.Status == 200, $"{id}: {received.Status}");
            Assert.Equal(request, upstream.Last.Body);
            Assert.Equal(answer, received.Body);
            tried++;
        }

        Assert.True(tried >= 8);
    }

    [Theory]
    [InlineData("/openai/v1/audio/transcriptions", Form, "{ \"text\" : \"4111 1111 1111 1111 \\u0041\" }", "application/json")]
    [InlineData("/openai/v1/audio/transcriptions", Form, "WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\n4111 1111 1111 1111\r\n", "text/vtt")]
    [InlineData("/openai/v1/files", Upload, "{\"id\":\"file-1\",\"object\":\"file\",\"filename\":\"a.jsonl\"}", "application/json")]
    public async Task Forms_ArriveByteForByte(string path, string form, string answer, string type)
    {
        upstream.Says(answer, type);

        var received = await client.PostAsync(path, form, "multipart/form-data; boundary=b");

        Assert.Equal((200, answer), (received.Status, received.Text));
        Assert.Equal(form, System.Text.Encoding.UTF8.GetString(upstream.Last.Body));
    }

    [Fact]
    public async Task Results_ArriveByteForByte()
    {
        const string Lines = "{ \"custom_id\":\"1\", \"response\":{\"status_code\":200,\"body\":{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"4111 1111 1111 1111\"}}]}}}\r\n\n \n{\"x\":1.0e0}";
        upstream.Says(Lines, "application/octet-stream");

        Assert.Equal(Lines, (await client.GetAsync("/openai/v1/files/file-1/content")).Text);
    }

    private static string PathOf(WireProtocol protocol)
    {
        var route = protocol.Routes[0].ToString();
        var path = route[(route.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        return "/" + protocol.Families[0] + System.Text.RegularExpressions.Regex.Replace(path, @"\{[^}]*\}", "m");
    }
}
