using System.IO.Compression;
using System.Text;
using EdgeFilter.Acceptance.Hosting;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>Compressed request bodies: read within limits and inspected, or refused.</summary>
[Collection(ProxyCollection.Name)]
public sealed class CompressedBodyTests(ProxyFixture proxy) : IDisposable
{
    private readonly WireClient client = new(proxy.Proxy.Url);

    public void Dispose() => client.Dispose();

    [Fact]
    public Task Gzip_Bomb_IsRefused() =>
        RefusesAsync(413, () => client.PostAsync(WireClient.Chat, Gzip(WireClient.Prompt(new string('a', 64 << 20))), headers: all => all.ContentEncoding.Add("gzip")));

    [Fact]
    public Task Gzip_CutShort_IsRefused() =>
        RefusesAsync(400, () => client.PostAsync(WireClient.Chat, Gzip(WireClient.Prompt("echo hi"))[..^6], headers: all => all.ContentEncoding.Add("gzip")));

    [Fact]
    public async Task Gzip_Whole_IsReadAndInspected()
    {
        var clean = await client.PostAsync(WireClient.Chat, Gzip(WireClient.Prompt("echo hi")), headers: all => all.ContentEncoding.Add("gzip"));
        Assert.Equal("hi", (string?)clean.Json["choices"]![0]!["message"]!["content"]);

        await RefusesAsync(400, () => client.PostAsync(WireClient.Chat, Gzip(WireClient.Prompt("my NIF is 12345678Z")), headers: all => all.ContentEncoding.Add("gzip")));
    }

    private Task RefusesAsync(int status, Func<Task<WireAnswer>> send) => Refusal.ExpectAsync(proxy, status, send, "12345678Z");

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
