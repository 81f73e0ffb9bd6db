using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Acceptance.Wire;
using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.NodeSdks;

/// <summary>Requests to Bedrock carry the proxy's signature and nothing of the client's; AWS's own code is the judge.</summary>
public sealed class BedrockSigningTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Request_IsSignedAnew_AsAwsOwnSignerDoes()
    {
        await using var provider = await SimulatedProvider.StartAsync();
        await using var proxy = await ProxyProcess.StartAsync(new ProxySetup
        {
            ProviderUrl = provider.Url,
            Configure = configuration =>
            {
                var file = Path.Combine(configuration["Proxy"]!["Policies"]!.GetValue<string>(), "..", "aws");
                File.WriteAllText(file, "[other]\naws_access_key_id = x\naws_secret_access_key = x\n[proxy]\naws_access_key_id = AKIDPROXY\naws_secret_access_key = proxy/secret+\naws_session_token = proxy-token\n");
                configuration["Providers"]!["bedrock"]!["Aws"] = new JsonObject { ["Region"] = "eu-central-1", ["CredentialsFile"] = file, ["Profile"] = "proxy" };
            },
        });
        using var client = new WireClient(proxy.Url);
        foreach (var path in new[]
        {
            "/model/us.anthropic.claude-x-v1%3A0/converse",
            "/model/arn%3Aaws%3Abedrock%3Aeu-central-1%3A123456789012%3Ainference-profile%2Feu.anthropic.claude-x/invoke?z=2&a=%20b%2F~",
        })
        {
            var body = path.Contains("invoke", StringComparison.Ordinal)
                ? WireClient.Prompt($"echo My card is {SyntheticValues.PaymentCard}.")
                : $$$"""{"messages":[{"role":"user","content":[{"text":"echo My card is {{{SyntheticValues.PaymentCard}}}."}]}]}""";
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(proxy.Url, "/bedrock" + path)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=AKIDCLIENT/20260101/us-east-1/bedrock/aws4_request, SignedHeaders=host, Signature=00");
            request.Headers.TryAddWithoutValidation("X-Amz-Date", "20260101T000000Z");
            request.Headers.TryAddWithoutValidation("X-Amz-Security-Token", "client-token");

            var answer = await client.SendAsync(request);

            Assert.Equal(200, answer.Status);
            var sent = provider.Received[^1];
            Assert.StartsWith(path.Split('?')[0], sent.Path, StringComparison.Ordinal);
            Assert.DoesNotContain("4111 1111"u8.ToArray(), sent.Body);
            Assert.DoesNotContain(sent.Headers, h => h.Value.Contains("AKIDCLIENT", StringComparison.Ordinal) || h.Value.Contains("client-token", StringComparison.Ordinal));
            Assert.Equal(await SignedByAwsAsync(sent), sent.Headers["Authorization"]);
        }
    }

    private Task<string> SignedByAwsAsync(ReceivedRequest sent)
    {
        var signed = sent.Headers["Authorization"].Split("SignedHeaders=")[1].Split(',')[0].Split(';');
        var time = DateTimeOffset.ParseExact(sent.Headers["x-amz-date"], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return node.AskAsync("sign.mjs", new
        {
            method = sent.Method,
            path = sent.Path,
            headers = signed.Where(h => !h.StartsWith("x-amz-", StringComparison.Ordinal)).ToDictionary(h => h, h => sent.Headers[h]),
            body = Encoding.UTF8.GetString(sent.Body),
            time = time.ToString("O", CultureInfo.InvariantCulture),
            region = "eu-central-1",
            id = "AKIDPROXY",
            secret = "proxy/secret+",
            token = "proxy-token",
        });
    }
}
