using System.Text;
using EdgeFilter.Acceptance.Hosting;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>Input that is refused: each with a native error that says why, and nothing reaches the provider.</summary>
[Collection(ProxyCollection.Name)]
public sealed class BadInputTests(ProxyFixture proxy) : IDisposable
{
    private const string Canary = "canary-in-bad-input";

    private readonly WireClient client = new(proxy.Proxy.Url);

    public static TheoryData<string, string> BadBodies => new()
    {
        { "cut short", $$"""{"model":"m","messages":[{"role":"user","content":"{{Canary}}""" },
        { "not JSON", Canary },
        { "empty", "" },
        { "a key twice", $$"""{"model":"m","messages":[],"messages":[{"role":"user","content":"{{Canary}}"}]}""" },
        { "a key twice, once escaped", $$"""{"model":"m","messages":[],"m\u0065ssages":[{"role":"user","content":"{{Canary}}"}]}""" },
        { "a nested key twice", $$"""{"model":"m","messages":[{"role":"user","content":"a","content":"{{Canary}}"}]}""" },
        { "trailing data", $$"""{"model":"m","messages":[]} {"{{Canary}}":1}""" },
        { "a comment", $$"""{"model":"m",/* {{Canary}} */"messages":[]}""" },
        { "not a number", """{"model":"m","temperature":NaN,"messages":[]}""" },
        { "a lone surrogate", """{"model":"m","messages":[{"role":"user","content":"\ud800"}]}""" },
        { "a byte order mark", "\uFEFF" + WireClient.Prompt("echo hi") },
        { "too deep", $$"""{"model":"m","messages":{{new string('[', 2000)}}{{new string(']', 2000)}}}""" },
    };

    public void Dispose() => client.Dispose();

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task Body_Ambiguous_IsRefusedInBothProtocols(string name, string body)
    {
        foreach (var path in new[] { WireClient.Chat, WireClient.Messages })
        {
            await RefusesAsync(400, () => client.PostAsync(path, body), name);
        }
    }

    [Fact]
    public Task Body_InvalidUtf8_IsRefused()
    {
        byte[] body = [.. Encoding.UTF8.GetBytes(WireClient.Prompt("echo hi"))];
        body[Array.IndexOf(body, (byte)'h')] = 0xC0;
        return RefusesAsync(400, () => client.PostAsync(WireClient.Chat, body));
    }

    [Fact]
    public Task Body_OverTheLimit_IsRefused() =>
        RefusesAsync(413, () => client.PostAsync(WireClient.Chat, WireClient.Prompt(new string('a', 2 << 20))));

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public Task ContentType_NotJson_IsRefused(string contentType) =>
        RefusesAsync(415, () => client.PostAsync(WireClient.Chat, WireClient.Prompt("echo hi"), contentType));

    [Fact]
    public Task ContentEncoding_Unknown_IsRefused() =>
        RefusesAsync(415, () => client.PostAsync(WireClient.Chat, WireClient.Prompt("echo hi"), headers: all => all.ContentEncoding.Add("rot13")));

    [Theory]
    [InlineData("/openai/v1/unheard-of")]
    [InlineData("/openai/v1/chat/completions/../embeddings")]
    [InlineData("/anthropic/v1/messages/unheard-of")]
    [InlineData("/nobody/v1/chat/completions")]
    public Task Path_Unknown_IsRefused(string path) => RefusesAsync(404, () => client.PostAsync(path, WireClient.Prompt(Canary)));

    private Task RefusesAsync(int status, Func<Task<WireAnswer>> send, string name = "") => Refusal.ExpectAsync(proxy, status, send, Canary, name);
}
