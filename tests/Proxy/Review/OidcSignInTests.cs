using System.Net;
using EdgeFilter.Proxy.Review;
using EdgeFilter.Proxy.Tests.BlockLog;

namespace EdgeFilter.Proxy.Tests.Review;

/// <summary>Signing in through an organisation's identity provider, against a real one on loopback.</summary>
public sealed class OidcSignInTests : IAsyncLifetime, IDisposable
{
    private readonly LogFolder _folder = new();
    private IdentityProvider _provider = null!;
    private ConsoleServer _server = null!;

    public async Task InitializeAsync()
    {
        _provider = await IdentityProvider.StartAsync();
        await _folder.FillAsync(5);
        _server = new ConsoleServer("http://127.0.0.1:0", _folder.Path)
        {
            Configuration = new Dictionary<string, string?>
            {
                ["Admin:Oidc:Authority"] = _provider.Url, ["Admin:Oidc:ClientId"] = IdentityProvider.ClientId,
                ["Admin:Oidc:ClientSecret:File"] = SecretFile(), ["Admin:Oidc:RoleClaim"] = "groups",
                ["Admin:Oidc:Roles:0:Value"] = "soc", ["Admin:Oidc:Roles:0:Role"] = "Reviewer",
                ["Admin:Oidc:Roles:1:Value"] = "soc-leads", ["Admin:Oidc:Roles:1:Role"] = "Admin",
            },
        };
        await _server.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _provider.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("soc", "reviewer")]
    [InlineData("soc-leads", "admin")]
    public async Task SignIn_KnownGroup_GivesItsRole_AndIsAudited(string group, string role)
    {
        _provider.Person = new() { ["preferred_username"] = "ada@example.com", ["groups"] = new[] { "everyone", group } };
        using var browser = _server.Browser();

        Assert.Equal("/#/overview", await WalkAsync(browser));

        var session = await browser.GetAsync("/api/session");
        Assert.Equal(("ada@example.com", role), (session.GetProperty("name").GetString(), session.GetProperty("role").GetString()));
        Assert.Equal(5, (await browser.GetAsync("/api/events")).GetProperty("total").GetInt64());
        using var forbidden = await browser.SendAsync(HttpMethod.Get, "/api/audit");
        Assert.Equal(role == "admin" ? HttpStatusCode.OK : HttpStatusCode.Forbidden, forbidden.StatusCode);
        Assert.Contains(_server.Audit(), entry => entry is { Who: "ada@example.com", Action: "sign-in by the organisation" });
        Assert.Contains("ada@example.com", (await browser.GetAsync("/api/people")).EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task SignIn_NoGroupWithARole_IsNotAllowed()
    {
        _provider.Person = new() { ["preferred_username"] = "eve@example.com", ["groups"] = new[] { "everyone" } };
        using var browser = _server.Browser();

        Assert.Equal("/#/signin/not-allowed", await WalkAsync(browser));

        await AssertSignedOutAsync(browser);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("<b>ada</b>")]
    [InlineData("")]
    public async Task SignIn_NameOfALocalAccountOrNone_IsNotAllowed(string name)
    {
        using (var first = _server.Browser())
        {
            await first.SetUpAsync(_server.SetupToken, "admin");
        }

        _provider.Person = new() { ["preferred_username"] = name, ["groups"] = new[] { "soc-leads" } };
        using var browser = _server.Browser();

        Assert.Equal("/#/signin/not-allowed", await WalkAsync(browser));

        await AssertSignedOutAsync(browser);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("audience")]
    [InlineData("nonce")]
    public async Task SignIn_TokenThatIsNotForUs_Fails(string wrong)
    {
        _provider.Person = new() { ["preferred_username"] = "ada@example.com", ["groups"] = new[] { "soc" } };
        _provider.SignsWithAnotherKey = wrong == "key";
        _provider.ForgetsTheNonce = wrong == "nonce";
        _provider.Audience = wrong == "audience" ? "another-client" : IdentityProvider.ClientId;
        using var browser = _server.Browser();

        Assert.Equal("/#/signin/failed", await WalkAsync(browser));

        await AssertSignedOutAsync(browser);
        Assert.Contains(_server.Audit(), entry => entry.Action == "sign-in by the organisation failed");
    }

    [Theory]
    [InlineData("/oidc/callback")]
    [InlineData("/oidc/callback?code=x&state=y")]
    [InlineData("/oidc/callback?error=access_denied&error_description=%3Cscript%3E")]
    public async Task Callback_NobodyAskedFor_Fails(string path)
    {
        using var browser = _server.Browser();

        using var answer = await browser.SendAsync(HttpMethod.Get, path);

        Assert.Equal("/#/signin/failed", answer.Headers.Location?.OriginalString);
        Assert.True(answer.Headers.Contains("Content-Security-Policy"));
        await AssertSignedOutAsync(browser);
    }

    [Fact]
    public async Task Callback_TakenToAnotherBrowser_Fails()
    {
        _provider.Person = new() { ["preferred_username"] = "ada@example.com", ["groups"] = new[] { "soc" } };
        using var attacker = _server.Browser();
        using var victim = _server.Browser();
        var callback = await CallbackAsync(attacker);

        using var answer = await victim.SendAsync(HttpMethod.Get, callback);

        Assert.Equal("/#/signin/failed", answer.Headers.Location?.OriginalString);
        await AssertSignedOutAsync(victim);
    }

    [Fact]
    public async Task SignedIn_EndedByAnAdmin_IsOut()
    {
        _provider.Person = new() { ["preferred_username"] = "ada@example.com", ["groups"] = new[] { "soc" } };
        using var browser = _server.Browser();
        await WalkAsync(browser);
        using var admin = _server.Browser();
        await admin.SetUpAsync(_server.SetupToken, "root");

        using var ended = await admin.SendAsync(HttpMethod.Delete, "/api/sessions/ada@example.com");

        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        await AssertSignedOutAsync(browser);
    }

    [Fact]
    public async Task Start_ProviderAway_SaysSoWithoutAStackTrace()
    {
        await _provider.DisposeAsync();
        using var browser = _server.Browser();

        using var answer = await browser.SendAsync(HttpMethod.Get, "/api/session/oidc");

        Assert.Equal("/#/signin/failed", answer.Headers.Location?.OriginalString);
        _provider = await IdentityProvider.StartAsync();
    }

    private static async Task AssertSignedOutAsync(ConsoleBrowser browser)
    {
        Assert.False((await browser.GetAsync("/api/session")).TryGetProperty("name", out _));
        using var answer = await browser.SendAsync(HttpMethod.Get, "/api/events");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    /// <summary>From the sign-in page to the provider and back; returns where the browser lands.</summary>
    private static async Task<string?> WalkAsync(ConsoleBrowser browser)
    {
        using var back = await browser.SendAsync(HttpMethod.Get, await CallbackAsync(browser));
        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
        return back.Headers.Location?.OriginalString;
    }

    private static async Task<string> CallbackAsync(ConsoleBrowser browser)
    {
        using var start = await browser.SendAsync(HttpMethod.Get, "/api/session/oidc");
        using var provider = await browser.SendAsync(HttpMethod.Get, start.Headers.Location!.AbsoluteUri);
        return provider.Headers.Location!.AbsoluteUri;
    }

    private string SecretFile()
    {
        var path = Path.Combine(_folder.Path, "client.secret");
        File.WriteAllText(path, IdentityProvider.Secret + "\n");
        return path;
    }
}
