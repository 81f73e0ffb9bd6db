using System.Net;
using System.Text;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Review;
using Microsoft.AspNetCore.Routing;

namespace EdgeFilter.Proxy.Tests.Review;

/// <summary>
/// The same checks over every endpoint there is: one that is added without a line in the table fails, and so does one that a role too
/// low, another site or a hostile value gets through.
/// </summary>
public class ConsoleEndpointTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    private const string AnyId = "0195e0a0-0000-7000-8000-000000000000";

    private static readonly string[] Hostile =
    [
        "' OR '1'='1", "x'; DROP TABLE records; --", "<script>alert(1)</script>", "../../../etc/passwd", "..%2f..%2fetc%2fpasswd",
        "\u0000", "\uD800", "${jndi:ldap://x}", "%", "{{7*7}}", "-1", "99999999999999999999", "\r\nSet-Cookie: x=1",
    ];

    // Method, template, least role ("" for everybody), parameters of the query.
    private static readonly (string Method, string Template, string Role, string[] Query)[] Table =
    [
        ("GET", "/api/session", "", []),
        ("POST", "/api/session", "", []),
        ("DELETE", "/api/session", "viewer", []),
        ("GET", "/api/session/oidc", "", []),
        ("DELETE", "/api/sessions/{name}", "admin", []),
        ("POST", "/api/setup", "", []),
        ("POST", "/api/password", "viewer", []),
        ("GET", "/api/overview", "viewer", ["range"]),
        ("GET", "/api/events", "viewer", ["before", "limit", "text", "since", "until", "fingerprint", "request", "disposition", "assigned", "tenant", "rule", "model", "action"]),
        ("GET", "/api/events.csv", "viewer", ["text", "tenant", "fingerprint", "since"]),
        ("GET", "/api/facets", "viewer", ["text", "rule", "until", "disposition", "assigned"]),
        ("GET", "/api/events/{id:guid}", "viewer", []),
        ("POST", "/api/events/{id:guid}/evidence", "reviewer", []),
        ("POST", "/api/reviews", "reviewer", []),
        ("GET", "/api/people", "viewer", []),
        ("GET", "/api/policies", "viewer", []),
        ("GET", "/api/policies/effective", "viewer", ["region", "tenant", "group", "route", "model", "protocol"]),
        ("POST", "/api/try", "author", []),
        ("GET", "/api/policies/candidate", "viewer", []),
        ("PUT", "/api/policies/candidate", "author", []),
        ("DELETE", "/api/policies/candidate", "author", []),
        ("POST", "/api/policies/candidate/promote", "admin", []),
        ("GET", "/api/policies/versions", "viewer", []),
        ("POST", "/api/policies/rollback", "admin", []),
        ("GET", "/api/health", "viewer", []),
        ("GET", "/api/views", "viewer", []),
        ("POST", "/api/views", "viewer", []),
        ("DELETE", "/api/views", "viewer", ["name"]),
        ("GET", "/api/accounts", "admin", []),
        ("POST", "/api/accounts", "admin", []),
        ("PUT", "/api/accounts/{name}", "admin", []),
        ("DELETE", "/api/accounts/{name}", "admin", []),
        ("GET", "/api/audit", "admin", ["before"]),
    ];

    public static TheoryData<string, string, string> Guarded => Rows(Table.Where(e => e.Role.Length > 0).Select(e => (e.Method, PathOf(e.Template), e.Role)));

    public static TheoryData<string, string, string> Changing => Rows(Table.Where(e => e.Method != "GET").Select(e => (e.Method, PathOf(e.Template), e.Role)));

    public static TheoryData<string, string, string> All => Rows(Table.Select(e => (e.Method, e.Template, string.Join(' ', e.Query))));

    [Fact]
    public void Endpoints_EveryOneThatIsMapped_IsInTheTable()
    {
        var mapped = server.Endpoints
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method =>
                (method, endpoint.RoutePattern.RawText!, RoleOf(endpoint))));

        Assert.Equal(Table.Select(e => (e.Method, e.Template, e.Role)).Order(), mapped.Order());
    }

    [Fact]
    public void Endpoints_OutsideTheApi_ArePagesForEverybodyThatOnlyRead()
    {
        var others = server.Endpoints.Where(endpoint =>
            !endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal) && !endpoint.RoutePattern.RawText.StartsWith("/edgefilter/", StringComparison.Ordinal));

        Assert.All(others, endpoint =>
        {
            Assert.Equal("", RoleOf(endpoint));
            Assert.Equal(["GET"], endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods);
            Assert.Empty(endpoint.RoutePattern.Parameters);
        });
    }

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task Endpoint_AnonymousOrRoleBelow_IsRefused(string method, string path, string role)
    {
        using var anonymous = server.Browser();
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(anonymous, method, path));

        if (role switch { "reviewer" => "viewer", "author" => "reviewer", "admin" => "author", _ => null } is { } below)
        {
            using var browser = await server.SignedInAsync(below);
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(browser, method, path));
        }
    }

    [Theory]
    [MemberData(nameof(Changing))]
    public async Task Endpoint_ChangesSomething_OnlyForTheConsolesOwnPages(string method, string path, string role)
    {
        using var browser = role.Length > 0 ? await server.SignedInAsync(role) : server.Browser();
        var token = browser.Token;
        foreach (var wrong in role.Length > 0 ? new[] { null, "signed-out", token + "x" } : [null])
        {
            browser.Token = wrong;
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(browser, method, path));
        }

        browser.Token = token;
        foreach (var (header, value) in new[] { ("Origin", "https://evil.example"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site") })
        {
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(browser, method, path, request => request.Headers.Add(header, value)));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Endpoint_HostileValues_AreNeitherRunNorShownAsMarkupNorAFailure(string method, string template, string query)
    {
        using var browser = await server.SignedInAsync("admin");
        var before = (await browser.GetAsync("/api/events")).GetProperty("total").GetInt64();
        foreach (var value in Hostile)
        {
            var path = template.Replace("{id:guid}", Uri.EscapeDataString(Sendable(value)), StringComparison.Ordinal).Replace("{name}", Uri.EscapeDataString(Sendable(value)), StringComparison.Ordinal);
            foreach (var name in query.Split(' ', StringSplitOptions.RemoveEmptyEntries).DefaultIfEmpty("unheard"))
            {
                if ((method, template) == ("DELETE", "/api/session"))
                {
                    continue;
                }

                using var answer = await browser.SendAsync(
                    new HttpMethod(method), $"{path}?{name}={Uri.EscapeDataString(Sendable(value))}", method is "POST" or "PUT" ? new { name = value, text = value } : null);
                await CheckAsync(answer);
            }
        }

        Assert.Equal(before, (await browser.GetAsync("/api/events")).GetProperty("total").GetInt64());
    }

    [Theory]
    [MemberData(nameof(Changing))]
    public async Task Endpoint_OversizedDeepOrBrokenBody_IsRefused(string method, string path, string role)
    {
        if (method == "DELETE")
        {
            return;
        }

        using var browser = role.Length > 0 ? await server.SignedInAsync(role) : server.Browser();
        foreach (var (body, type) in new[]
        {
            (new string(' ', 3 * 1024 * 1024) + "{}", "application/json"), (new string('[', 100_000), "application/json"), ("{\"name\":", "application/json"),
            ("null", "application/json"), ("[1]", "application/json"), ("name=x", "application/x-www-form-urlencoded"), ("\u00FF\u00FE", "application/json"),
        })
        {
            try
            {
                // A connection each: the console may answer and close it before it has read a long body to its end.
                using var answer = await browser.SendAsync(new HttpMethod(method), path, null, request =>
                {
                    request.Content = new StringContent(body, Encoding.Latin1, type);
                    request.Headers.ConnectionClose = true;
                });
                Assert.InRange((int)answer.StatusCode, 400, 599);
                await CheckAsync(answer);
            }
            catch (HttpRequestException)
            {
                // Cut off before it was sent to the end: refused too, as long as the console goes on.
                Assert.True(body.Length >= 100_000);
            }
        }

        await browser.GetAsync("/api/session");
    }

    private static TheoryData<string, string, string> Rows(IEnumerable<(string, string, string)> rows)
    {
        var data = new TheoryData<string, string, string>();
        foreach (var (first, second, third) in rows)
        {
            data.Add(first, second, third);
        }

        return data;
    }

    private static async Task CheckAsync(HttpResponseMessage answer)
    {
        // 501: this console was started without policies.
        Assert.True((int)answer.StatusCode is >= 200 and < 500 or 501, $"{answer.RequestMessage!.RequestUri}: {answer.StatusCode}");
        Assert.False(answer.Headers.Contains("Set-Cookie") && answer.Headers.GetValues("Set-Cookie").Any(cookie => cookie.StartsWith("x=", StringComparison.Ordinal)));
        Assert.NotEqual("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("at EdgeFilter.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(ConsoleBrowser browser, string method, string path, Action<HttpRequestMessage>? change = null)
    {
        using var answer = await browser.SendAsync(new HttpMethod(method), path, method is "GET" or "DELETE" ? null : new { }, change);
        return answer.StatusCode;
    }

    private static string PathOf(string template) =>
        template.Replace("{id:guid}", AnyId, StringComparison.Ordinal).Replace("{name}", "nobody", StringComparison.Ordinal);

    // Half a surrogate pair can't be part of an address; its replacement can.
    private static string Sendable(string value) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value));

    private static string RoleOf(RouteEndpoint endpoint) =>
        Assert.IsType<NeedsRole>(endpoint.Metadata.GetMetadata<NeedsRole>()).Role is { } role ? RecordTerms.NameOf(role) : "";
}
