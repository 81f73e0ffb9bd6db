using System.Net;
using System.Text;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>What travels beside a body: headers, queries, paths, the reason phrase. A text that is put there is judged like any other.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class EnvelopeTests(ScriptedFixture fixture) : IDisposable
{
    private const string Answer = """{"id":"c","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"fine"},"finish_reason":"stop"}]}""";

    private readonly WireClient client = new(fixture.Proxy.Url);

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData("X-Note", "please use 12345678Z")]
    [InlineData("baggage", "user=12345678Z,kind=vip")]
    [InlineData("baggage", "user=nif%2012345678Z")]
    [InlineData("Idempotency-Key", "12345678Z")]
    [InlineData("X-Amzn-Bedrock-Request-Metadata", "{\"who\":\"12345678Z\"}")]
    public async Task Request_IdentityNumberInAHeader_IsRefused(string header, string value)
    {
        var before = fixture.Upstream.Count;

        var answer = await SendAsync(WireClient.Chat, (header, value));

        Assert.True(answer.Status == 400, answer.ToString());
        Assert.Contains("Identity numbers may not be sent.", answer.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(before, fixture.Upstream.Count);
    }

    [Theory]
    [InlineData("/openai/v1/chat/completions?note=12345678Z")]
    [InlineData("/openai/v1/chat/completions?12345678Z=1")]
    [InlineData("/azure/openai/deployments/12345678Z/chat/completions")]
    public async Task Request_IdentityNumberInPathOrQuery_IsRefused(string path)
    {
        var before = fixture.Upstream.Count;

        Assert.Equal(400, (await SendAsync(path)).Status);
        Assert.Equal(before, fixture.Upstream.Count);
    }

    [Fact]
    public async Task Request_IdentityNumberInThePathOfARequestWithoutBody_IsRefused() =>
        Assert.Equal(400, (await client.GetAsync($"/openai/v1/responses/{SyntheticValues.SpanishNif}")).Status);

    [Fact]
    public async Task Request_CardInAHeader_IsMaskedThereToo()
    {
        fixture.Upstream.Says(Answer);

        await SendAsync(WireClient.Chat, ("X-Note", $"pay with {SyntheticValues.PaymentCard} today"));

        Assert.StartsWith("pay with *", fixture.Upstream.Last.Headers["X-Note"], StringComparison.Ordinal);
        Assert.DoesNotContain(SyntheticValues.PaymentCard, fixture.Upstream.Last.Headers["X-Note"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cf-aig-authorization", "Bearer 4111 1111 1111 1111")]
    [InlineData("User-Agent", "Mozilla/5.0 (4111 1111 1111 111)")]
    public async Task Request_KeysOfGatewaysAndNamesOfPrograms_PassAsTheyAre(string header, string value)
    {
        fixture.Upstream.Says(Answer);

        await SendAsync(WireClient.Chat, (header, value));

        Assert.Equal(value, fixture.Upstream.Last.Headers[header]);
    }

    [Fact]
    public async Task Request_WhoAsksInsideTheOrganisation_StaysInside()
    {
        fixture.Upstream.Says(Answer);

        await SendAsync(WireClient.Chat, ("X-Forwarded-For", "10.1.2.3"), ("Forwarded", "for=10.1.2.3"), ("X-Real-IP", "10.1.2.3"));

        Assert.DoesNotContain(fixture.Upstream.Last.Headers, h => h.Key.Contains("Forwarded", StringComparison.OrdinalIgnoreCase) || h.Value.Contains("10.1.2.3", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(302)]
    public async Task Answer_PersonalDataInHeaders_IsFiltered_AndIdsPass(int status)
    {
        fixture.Upstream.Answer = async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            context.Response.Headers["X-Debug-Prompt"] = $"mail to {SyntheticValues.EmailAddress}, please";
            context.Response.Headers.Location = $"https://example.com/?q={SyntheticValues.EmailAddress}";
            context.Response.Headers["X-Bank"] = SyntheticValues.Iban;
            context.Response.Headers["x-request-id"] = "req_7";
            context.Response.Headers["x-ratelimit-remaining-tokens"] = "149984";
            context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResponseFeature>()!.ReasonPhrase = SyntheticValues.EmailAddress;
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Answer));
        };

        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler);
        using var answer = await http.PostAsync(
            new Uri(fixture.Proxy.Url, WireClient.Chat), new StringContent(WireClient.Prompt("hi"), Encoding.UTF8, "application/json"));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("mail to [e-mail], please", answer.Headers.GetValues("X-Debug-Prompt").Single());
        Assert.DoesNotContain(SyntheticValues.EmailAddress, answer.ReasonPhrase, StringComparison.Ordinal);
        Assert.DoesNotContain(answer.Headers, h => h.Value.Any(v => v.Contains(SyntheticValues.EmailAddress, StringComparison.Ordinal)));
        Assert.False(answer.Headers.Contains("X-Bank"));
        Assert.Equal("req_7", answer.Headers.GetValues("x-request-id").Single());
        Assert.Equal("149984", answer.Headers.GetValues("x-ratelimit-remaining-tokens").Single());
    }

    private async Task<WireAnswer> SendAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(fixture.Proxy.Url, path))
        {
            Content = new StringContent(WireClient.Prompt("hi"), Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await client.SendAsync(request);
    }
}
