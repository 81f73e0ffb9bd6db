using System.Net;
using System.Net.Http.Headers;
using EdgeFilter.Proxy.Review;

namespace EdgeFilter.Proxy.Tests.Review;

/// <summary>Who may do what, and from where.</summary>
public class ConsoleAccessTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example:8081")]
    public async Task Get_UnderAnotherHostName_IsRefused(string host)
    {
        using var browser = server.Browser();

        using var answer = await browser.SendAsync(HttpMethod.Get, "/", null, request => request.Headers.Host = host);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Get_OperationsEndpoint_AnswersProbesUnderAnyHostName()
    {
        using var browser = server.Browser();

        using var answer = await browser.SendAsync(HttpMethod.Get, "/edgefilter/health/live", null, request => request.Headers.Host = "10.0.0.7");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Setup_AfterFirstAccount_IsRefused()
    {
        using var browser = server.Browser();

        using var answer = await browser.SendAsync(
            HttpMethod.Post, "/api/setup", new { token = server.SetupToken, name = "second", password = ConsoleServer.Password });

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task SignIn_GuessedSixTimes_MustWait()
    {
        using var browser = server.Browser();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 6; i++)
        {
            using var answer = await browser.SendAsync(HttpMethod.Post, "/api/session", new { name = "nobody", password = $"guess {i}" });
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 5), HttpStatusCode.TooManyRequests], statuses);
    }

    [Fact]
    public async Task SignOut_Cookie_IsOfNoUseAfterwards()
    {
        using var browser = await server.SignedInAsync("viewer");
        await browser.GetAsync("/api/health");

        using var cookies = await browser.SendAsync(HttpMethod.Delete, "/api/session");
        using var answer = await browser.SendAsync(HttpMethod.Get, "/api/health");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task SignIn_Cookie_IsForThisSiteAndNoScript()
    {
        using var browser = server.Browser();

        using var answer = await browser.SendAsync(HttpMethod.Post, "/api/session", new { name = "viewer", password = ConsoleServer.Password });

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Account_RoleLoweredOrRemoved_CountsForOpenSessions()
    {
        using var admin = await server.SignedInAsync("admin");
        await admin.SendAsync(HttpMethod.Post, "/api/accounts", new { name = "leaver", password = ConsoleServer.Password, role = "admin" });
        using var leaver = await server.SignedInAsync("leaver");
        await leaver.GetAsync("/api/audit");

        await admin.SendAsync(HttpMethod.Put, "/api/accounts/leaver", new { role = "viewer" });
        using var lowered = await leaver.SendAsync(HttpMethod.Get, "/api/audit");
        await admin.SendAsync(HttpMethod.Delete, "/api/accounts/leaver");
        using var removed = await leaver.SendAsync(HttpMethod.Get, "/api/health");

        Assert.Equal(HttpStatusCode.Forbidden, lowered.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, removed.StatusCode);
    }

    [Fact]
    public async Task Account_Oneself_CantBeChangedOrRemoved()
    {
        using var admin = await server.SignedInAsync("admin");

        using var changed = await admin.SendAsync(HttpMethod.Put, "/api/accounts/ADMIN", new { role = "viewer" });
        using var removed = await admin.SendAsync(HttpMethod.Delete, "/api/accounts/admin");

        Assert.Equal(HttpStatusCode.BadRequest, changed.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, removed.StatusCode);
    }

    [Theory]
    [InlineData("/../appsettings.json")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/..%5c..%5cwindows")]
    [InlineData("/console.css/../app.js%00.html")]
    [InlineData("/api/nothing")]
    public async Task Get_NoSuchPage_IsNotFound(string path)
    {
        using var browser = await server.SignedInAsync("admin");

        using var answer = await browser.SendAsync(HttpMethod.Get, path);

        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, answer.StatusCode.ToString());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/app.js")]
    [InlineData("/api/health")]
    [InlineData("/api/events?nonsense=1")]
    [InlineData("/nowhere")]
    public async Task Answer_Whatever_CarriesTheSafeHeaders(string path)
    {
        using var browser = await server.SignedInAsync("viewer");

        using var answer = await browser.SendAsync(HttpMethod.Get, path);

        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Post_TooLong_IsRefused()
    {
        using var browser = await server.SignedInAsync("author");

        using var answer = await browser.SendAsync(HttpMethod.Post, "/api/try", new { text = new string('x', 3_000_000) });

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"text\":7}")]
    [InlineData("{\"text\":\"x\",\"unknown\":1}")]
    [InlineData("{\"text\":\"x\",\"direction\":\"sideways\"}")]
    public async Task Post_BrokenJson_IsABadRequest(string body)
    {
        using var browser = await server.SignedInAsync("author");

        using var answer = await browser.SendAsync(HttpMethod.Post, "/api/try", null, request =>
            request.Content = new StringContent(body, new MediaTypeHeaderValue("application/json")));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Everything_PasswordsTokensAndTriedTexts_AreInNoLogAndNoAudit()
    {
        using var author = await server.SignedInAsync("author");
        await author.SendAsync(HttpMethod.Post, "/api/try", new { text = "canary-tried-text", candidate = "policy: canary-candidate" });
        await author.SendAsync(HttpMethod.Post, "/api/session", new { name = "author", password = "canary-wrong-password" });
        using var admin = await server.SignedInAsync("admin");

        var audit = (await admin.GetAsync("/api/audit")).ToString();
        var logs = string.Join('\n', server.Logs.Lines);

        Assert.Contains("sign-in failed", audit, StringComparison.Ordinal);
        foreach (var secret in new[] { "canary-", ConsoleServer.Password, server.SetupToken, author.Token! })
        {
            Assert.DoesNotContain(secret, audit, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, logs, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Role_Order_IsWhatEndpointsCompare() =>
        Assert.True(Role.Viewer < Role.Reviewer && Role.Reviewer < Role.Author && Role.Author < Role.Admin);
}
