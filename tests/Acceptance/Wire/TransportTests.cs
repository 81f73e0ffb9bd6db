using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>How requests and answers travel: versions of HTTP, TLS, expectations, and the headers that clients and providers rely on.</summary>
[Collection(ProxyCollection.Name)]
public sealed class TransportTests(ProxyFixture proxy)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Request_WithoutTls_InEitherVersion_OnOneAddress(int major)
    {
        using var client = new HttpClient();
        using var request = Ask(new Uri(proxy.Proxy.Url, WireClient.Chat), "echo Hello", stream: true);
        request.Version = new Version(major, major == 1 ? 1 : 0);
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;

        using var answer = await client.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, major), (answer.StatusCode, answer.Version.Major));
        Assert.EndsWith("data: [DONE]\n\n", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WithTls_InEitherVersion()
    {
        using var certificate = new TestCertificate();
        await using var secured = await ProxyProcess.StartAsync(new ProxySetup { ProviderUrl = proxy.Provider.Url, CertificateFile = certificate.KeyedFile });
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            X509Certificate? shown = null;
            using var handler = new SocketsHttpHandler
            {
                SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, presented, _, _) => (shown = presented) is not null },
            };
            using var client = new HttpClient(handler);
            using var request = Ask(new Uri(secured.Url, WireClient.Chat), "echo Hello", stream: false);
            request.Version = version;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;

            using var answer = await client.SendAsync(request);

            Assert.Equal((HttpStatusCode.OK, version), (answer.StatusCode, answer.Version));
            Assert.Equal(certificate.Thumbprint, shown!.GetCertHashString());
        }
    }

    [Fact]
    public async Task Connection_BeginsLikeHttp2ButIsNot_IsReadAsHttp1()
    {
        var answer = await RawAsync("PRI / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 404", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_ThatExpectsContinue_IsToldToGoOn()
    {
        var body = WireClient.Prompt("echo Hello");

        var answer = await RawAsync(
            $"POST {WireClient.Chat} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n",
            body);

        Assert.StartsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_ThatClientsAndProvidersRelyOn_ArePassedOn()
    {
        using var client = new HttpClient();
        using var request = Ask(new Uri(proxy.Proxy.Url, WireClient.Chat), "error 429 enough", stream: false);
        request.Headers.Add("Idempotency-Key", "key-1");
        request.Headers.Add("X-Client-Request-Id", "mine-1");

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal("1", answer.Headers.RetryAfter?.ToString());
        Assert.StartsWith("req_simulated", answer.Headers.GetValues("x-request-id").Single(), StringComparison.Ordinal);
        var sent = proxy.Provider.Received[^1];
        Assert.Equal(("key-1", "mine-1"), (sent.Headers["Idempotency-Key"], sent.Headers["X-Client-Request-Id"]));
    }

    [Theory]
    [InlineData("echo Hello", false, 200)]
    [InlineData("echo Hello", true, 200)]
    [InlineData($"My NIF is {SyntheticValues.SpanishNif}.", false, 400)]
    public async Task Answer_SaysHowLongTheFilterTook(string prompt, bool stream, int status)
    {
        using var client = new HttpClient();
        using var request = Ask(new Uri(proxy.Proxy.Url, WireClient.Chat), prompt, stream);

        using var answer = await client.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.InRange(double.Parse(answer.Headers.GetValues("x-edgefilter-filter-ms").Single(), CultureInfo.InvariantCulture), 0.001, 60_000);
    }

    [Theory]
    [InlineData("Transfer-Encoding: gzip, chunked\r\n", "/openai/passed/x")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", "/openai/passed/x")]
    [InlineData("Content-Length: 0\r\n", "/openai/passed/x?a=1&a=2")]
    public async Task PassedPath_WithFramingThatReadersDisagreeOn_IsRefused(string headers, string path)
    {
        await using var passing = await ProxyProcess.StartAsync(new ProxySetup
        {
            ProviderUrl = proxy.Provider.Url,
            Configure = configuration => configuration["Proxy"]!["Pass"] = new System.Text.Json.Nodes.JsonArray("/passed/*"),
        });
        var before = proxy.Provider.RequestCount;

        var answer = await RawAsync(passing.Url, $"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n" + (headers.Contains("chunked", StringComparison.Ordinal) ? "0\r\n\r\n" : ""));

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Equal(before, proxy.Provider.RequestCount);
        Assert.StartsWith("HTTP/1.1 404", await RawAsync(passing.Url, "POST /openai/passed/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"), StringComparison.Ordinal);
        Assert.Equal(before + 1, proxy.Provider.RequestCount);
    }

    private static HttpRequestMessage Ask(Uri address, string prompt, bool stream) =>
        new(HttpMethod.Post, address) { Content = new StringContent(WireClient.Prompt(prompt, stream), Encoding.UTF8, "application/json") };

    private Task<string> RawAsync(params string[] pieces) => RawAsync(proxy.Proxy.Url, pieces);

    /// <summary>Sends bytes as they are, a piece at a time, and reads to the end of the connection.</summary>
    private static async Task<string> RawAsync(Uri address, params string[] pieces)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port);
        await using var stream = connection.GetStream();
        foreach (var piece in pieces)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(piece));
            await Task.Delay(pieces.Length > 1 ? 200 : 0);
        }

        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
