using System.Text;
using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>An API that nobody has described but its operator.</summary>
public sealed class CustomApiTests(CustomApiFixture fixture) : IClassFixture<CustomApiFixture>, IDisposable
{
    private readonly WireClient client = new(fixture.Proxy.Url);

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task Request_IsFilteredWhereTextIsAndWhereNobodySaid()
    {
        fixture.Upstream.Says("""{"answer":{"text":"fine"}}""");
        string Body(string card) => $$"""{ "turns":[{"text":"card {{card}}"}], "note":"{{card}}", "n":1.0 }""";

        await client.PostAsync("/house/ask", Body(SyntheticValues.PaymentCard));

        Assert.Equal(Body("**** **** **** 1111"), Encoding.UTF8.GetString(fixture.Upstream.Last.Body));
    }

    [Fact]
    public async Task Request_WithAnIdentityNumber_IsRefused()
    {
        var answer = await client.PostAsync("/house/ask", $$$"""{"turns":[{"text":"{{{SyntheticValues.SpanishNif}}}"}]}""");

        Assert.Equal(400, answer.Status);
        Assert.StartsWith("Identity numbers may not be sent.", answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_IsFiltered()
    {
        fixture.Upstream.Says($$$"""{"answer":{"text":"write to {{{SyntheticValues.EmailAddress}}}"}}""");
        Assert.Equal("""{"answer":{"text":"write to [e-mail]"}}""", (await client.PostAsync("/house/ask", """{"turns":[]}""")).Text);

        fixture.Upstream.Says($$"""{"text":"{{SyntheticValues.EmailAddress}}"}""");
        Assert.Equal("""{"text":"[e-mail]"}""", (await client.GetAsync("/house/read/7")).Text);
    }

    /// <summary>Law 1: what a reader puts together from the pieces is the filtered text, wherever they were cut.</summary>
    [Theory]
    [InlineData("/house/ask", "text/event-stream", "data: {\"answer\":{\"text\":\"PIECE\"}}\n\n", "data: [DONE]\n\n")]
    [InlineData("/house/ask", "text/event-stream", "data: {\"answer\":{\"text\":\"PIECE\"}}\n\n", "")]
    [InlineData("/house/lines", "application/x-ndjson", "{\"out\":[{\"t\":\"PIECE\"}]}\n", "")]
    public async Task Stream_AnyPieces_SayTheFilteredText(string path, string type, string frame, string end)
    {
        var text = $"Write to {SyntheticValues.EmailAddress} or to {SyntheticValues.EmailAddress}";
        foreach (var length in new[] { 1, 3, 7, 100 })
        {
            fixture.Upstream.Says(string.Concat(text.Chunk(length).Select(c => frame.Replace("PIECE", new string(c), StringComparison.Ordinal))) + end, type);

            var answer = await client.PostAsync(path, """{"q":"x"}""");

            Assert.Equal("Write to [e-mail] or to [e-mail]", string.Concat(Texts(answer.Text)));
        }
    }

    [Fact]
    public async Task Stream_WithAnAccountNumber_EndsWithAnError()
    {
        fixture.Upstream.Says(string.Concat($"the account is {SyntheticValues.Iban}, yes".Chunk(4).Select(c => $"data: {{\"answer\":{{\"text\":\"{new string(c)}\"}}}}\n\n")), "text/event-stream");

        var answer = await client.PostAsync("/house/ask", """{"turns":[]}""");

        Assert.DoesNotContain("DE89", string.Concat(Texts(answer.Text)), StringComparison.Ordinal);
        Assert.Contains("\"code\":\"content_filter\"", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/house/other", 404)]
    [InlineData("/house/read", 404)]
    public async Task Path_ThatIsNotDescribed_IsRefused(string path, int status) => Assert.Equal(status, (await client.PostAsync(path, "{}")).Status);

    private static IEnumerable<string> Texts(string stream) =>
        System.Text.RegularExpressions.Regex.Matches(stream, "\"(?:text|t)\":\"([^\"]*)\"").Select(m => m.Groups[1].Value);
}
