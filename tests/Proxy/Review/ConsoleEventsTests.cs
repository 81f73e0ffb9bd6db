using System.Net;
using System.Text.Json;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Tests.BlockLog;

namespace EdgeFilter.Proxy.Tests.Review;

/// <summary>What the console's pages are told.</summary>
public class ConsoleEventsTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    [Fact]
    public async Task Events_Filtered_AreThoseOnly()
    {
        using var browser = await server.SignedInAsync("viewer");

        var page = await browser.GetAsync("/api/events?action=block&tenant=tenant-3&tenant=tenant-4&limit=5");

        Assert.Equal(5, page.GetProperty("events").GetArrayLength());
        Assert.All(page.GetProperty("events").EnumerateArray(), entry =>
        {
            var record = entry.GetProperty("record");
            Assert.Equal("block", record.GetProperty("action").GetString());
            Assert.Contains(record.GetProperty("tenant").GetString(), new[] { "tenant-3", "tenant-4" });
        });
    }

    [Fact]
    public async Task Events_PageByPage_AreEachShownOnce()
    {
        using var browser = await server.SignedInAsync("viewer");
        var seen = new List<long>();
        for (var before = ""; ;)
        {
            var page = await browser.GetAsync($"/api/events?rule=rule-1&limit=7{before}");
            seen.AddRange(page.GetProperty("events").EnumerateArray().Select(entry => entry.GetProperty("sequence").GetInt64()));
            if (page.GetProperty("nextBefore").ValueKind == JsonValueKind.Null)
            {
                Assert.Equal(page.GetProperty("total").GetInt64(), seen.Count);
                break;
            }

            before = $"&before={page.GetProperty("nextBefore").GetInt64()}";
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task Facets_ChosenField_StillCountsItsOtherTexts()
    {
        using var browser = await server.SignedInAsync("viewer");

        var facets = await browser.GetAsync("/api/facets?action=block&region=EU");

        Assert.Equal(4, facets.GetProperty("action").GetArrayLength() + facets.GetProperty("region").GetArrayLength() + 1);
        Assert.True(facets.GetProperty("entity").GetArrayLength() > 1);
    }

    [Fact]
    public async Task Detail_Record_IsExplained()
    {
        using var browser = await server.SignedInAsync("viewer");
        var id = await FirstId(browser);

        var detail = await browser.GetAsync($"/api/events/{id}");

        var explanation = string.Join('\n', detail.GetProperty("explanation").EnumerateArray().Select(sentence => sentence.GetString()));
        Assert.Contains("policy eu-gdpr 2026.11.0", explanation, StringComparison.Ordinal);
        Assert.Contains("with confidence 0.95", explanation, StringComparison.Ordinal);
        Assert.StartsWith("waiver: rule-", detail.GetProperty("waiver").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Review_Mark_IsKeptWithItsHistoryAndCanBeFilteredBy()
    {
        using var browser = await server.SignedInAsync("reviewer");
        var id = await FirstId(browser);

        await browser.SendAsync(HttpMethod.Post, "/api/reviews", new { events = new[] { id }, disposition = "confirmed", comment = "first look" });
        await browser.SendAsync(HttpMethod.Post, "/api/reviews", new { events = new[] { id }, disposition = "false-positive", comment = "<b>second</b>" });
        var detail = await browser.GetAsync($"/api/events/{id}");
        var marked = await browser.GetAsync("/api/events?disposition=false-positive");
        var open = await browser.GetAsync("/api/events?disposition=open");
        var confirmed = await browser.GetAsync("/api/events?disposition=confirmed");

        Assert.Equal("false-positive", detail.GetProperty("disposition").GetString());
        Assert.Equal(2, detail.GetProperty("history").GetArrayLength());
        Assert.Equal(1, marked.GetProperty("total").GetInt64());
        Assert.Equal(0, confirmed.GetProperty("total").GetInt64());
        Assert.True(open.GetProperty("total").GetInt64() >= ConsoleServer.Records - 1);
    }

    [Fact]
    public async Task Reviews_SeveralAssigned_AreFoundByWhoseTheyAre_WithTheirHistory()
    {
        using var browser = await server.SignedInAsync("author");
        var before = (await browser.GetAsync("/api/events?assigned=nobody")).GetProperty("total").GetInt64();
        var ids = (await browser.GetAsync("/api/events?model=model-2&limit=3")).GetProperty("events").EnumerateArray()
            .Select(entry => entry.GetProperty("record").GetProperty("id").GetString()!).ToArray();

        using var assigned = await browser.SendAsync(HttpMethod.Post, "/api/reviews", new { events = ids, assign = "author" });
        using var released = await browser.SendAsync(HttpMethod.Post, "/api/reviews", new { events = ids[..1], assign = "", comment = "not mine" });
        using var unknown = await browser.SendAsync(HttpMethod.Post, "/api/reviews", new { events = ids, assign = "nobody-known" });
        using var viewer = await browser.SendAsync(HttpMethod.Post, "/api/reviews", new { events = ids, assign = "viewer" });
        using var empty = await browser.SendAsync(HttpMethod.Post, "/api/reviews", new { events = ids });

        Assert.Equal(3, (await ConsoleBrowser.JsonAsync(assigned)).GetProperty("count").GetInt32());
        Assert.Equal(HttpStatusCode.OK, released.StatusCode);
        Assert.All(new[] { unknown, viewer, empty }, answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
        Assert.Equal(2, (await browser.GetAsync("/api/events?assigned=me")).GetProperty("total").GetInt64());
        Assert.Equal(2, (await browser.GetAsync("/api/events?assigned=author&disposition=open")).GetProperty("total").GetInt64());
        Assert.Equal(before - 2, (await browser.GetAsync("/api/events?assigned=nobody")).GetProperty("total").GetInt64());
        var history = (await browser.GetAsync($"/api/events/{ids[0]}")).GetProperty("history").EnumerateArray().ToArray();
        Assert.Equal(["author", ""], history.Select(note => note.GetProperty("assigned").GetString()!));
        Assert.Equal("not mine", history[1].GetProperty("comment").GetString());
    }

    [Fact]
    public async Task Detail_FalsePositive_TellsWhatElseAWaiverWouldHaveLetThrough()
    {
        using var browser = await server.SignedInAsync("viewer");

        var detail = await browser.GetAsync($"/api/events/{await FirstId(browser)}");

        var (pass, record) = (detail.GetProperty("wouldPass"), detail.GetProperty("record"));
        var filter = $"/api/events?rule={record.GetProperty("rules")[0].GetString()}&tenant={record.GetProperty("tenant").GetString()}";
        var rule = await browser.GetAsync(filter);
        var value = await browser.GetAsync($"{filter}&fingerprint={record.GetProperty("fingerprints")[0].GetProperty("value").GetString()}");
        Assert.Equal(rule.GetProperty("total").GetInt64(), pass.GetProperty("sameRule").GetInt64());
        Assert.Equal(value.GetProperty("total").GetInt64(), pass.GetProperty("sameValue").GetInt64());
        Assert.InRange(pass.GetProperty("sameValue").GetInt64(), 1, pass.GetProperty("sameRule").GetInt64());
    }

    [Theory]
    [InlineData("nonsense=1")]
    [InlineData("since=whenever")]
    [InlineData("disposition=maybe")]
    [InlineData("tenant=")]
    [InlineData("text=a&text=b")]
    public async Task Events_FilterThatMeansNothing_IsABadRequest(string query)
    {
        using var browser = await server.SignedInAsync("viewer");

        using var answer = await browser.SendAsync(HttpMethod.Get, "/api/events?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEqual("", (await ConsoleBrowser.JsonAsync(answer)).GetProperty("problem").GetString());
    }

    [Fact]
    public async Task Events_FilterTooLong_IsABadRequest()
    {
        using var browser = await server.SignedInAsync("viewer");

        using var answer = await browser.SendAsync(HttpMethod.Get, "/api/events?text=" + new string('x', 2_000));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("' OR '1'='1")]
    [InlineData("x'; DROP TABLE records; --")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("${jndi:ldap://x}")]
    [InlineData("\u0000")]
    public async Task Events_HostileFilter_FindsNothingAndHarmsNothing(string value)
    {
        using var browser = await server.SignedInAsync("viewer");
        foreach (var field in new[] { "text", "tenant", "rule", "entity", "model", "action", "fingerprint", "request", "policy", "client" })
        {
            var page = await browser.GetAsync($"/api/events?{field}={Uri.EscapeDataString(value)}");
            Assert.Equal(0, page.GetProperty("total").GetInt64());
        }

        Assert.True((await browser.GetAsync("/api/events")).GetProperty("total").GetInt64() >= ConsoleServer.Records);
    }

    [Fact]
    public async Task Events_NewRecord_IsSeenAtOnce()
    {
        using var browser = await server.SignedInAsync("viewer");

        await server.Log.AppendAsync(Some.Record(5) with { Tenant = "<img src=x onerror=alert(1)>" }, CancellationToken.None);
        var page = await browser.GetAsync("/api/events?text=" + Uri.EscapeDataString("onerror"));

        Assert.Equal(1, page.GetProperty("total").GetInt64());
    }

    [Fact]
    public async Task Csv_Filtered_HasThoseLines()
    {
        using var browser = await server.SignedInAsync("viewer");

        using var answer = await browser.SendAsync(HttpMethod.Get, "/api/events.csv?rule=rule-2");

        var lines = (await answer.Content.ReadAsStringAsync()).TrimEnd().Split("\r\n");
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(CsvFormat.Header, lines[0]);
        Assert.All(lines.Skip(1), line => Assert.Contains("rule-2", line, StringComparison.Ordinal));
        Assert.True(lines.Length > 10);
    }

    [Fact]
    public async Task Overview_Month_CountsWhatIsThere()
    {
        using var browser = await server.SignedInAsync("viewer");
        var now = DateTimeOffset.UtcNow;
        await server.Log.AppendAsync(Some.Record(9) with { Id = BlockRecord.NewId(now), Time = now }, CancellationToken.None);

        var page = await browser.GetAsync("/api/overview?range=1h");

        Assert.True(page.GetProperty("total").GetInt64() >= 1);
        Assert.Equal(
            page.GetProperty("total").GetInt64(),
            page.GetProperty("timeline").EnumerateArray().Sum(bucket => bucket.GetProperty("actions").EnumerateObject().Sum(action => action.Value.GetInt64())));
    }

    [Fact]
    public async Task Try_Text_IsJudgedAsAsked()
    {
        using var browser = await server.SignedInAsync("author");

        using var answer = await browser.SendAsync(
            HttpMethod.Post, "/api/try", new { text = "hi", direction = "output", role = "tool-result", stream = true });

        Assert.Equal("block", (await ConsoleBrowser.JsonAsync(answer)).GetProperty("action").GetString());
        Assert.True(server.Trial.Last!.Stream);
        Assert.Equal(Policies.SegmentRole.ToolResult, server.Trial.Last.Role);
    }

    [Fact]
    public async Task Views_Saved_AreTheOwnersOwn()
    {
        using var viewer = await server.SignedInAsync("viewer");
        using var reviewer = await server.SignedInAsync("reviewer");

        await viewer.SendAsync(HttpMethod.Post, "/api/views", new { name = "mine", query = "action=block" });

        Assert.Equal(1, (await viewer.GetAsync("/api/views")).GetArrayLength());
        Assert.Equal(0, (await reviewer.GetAsync("/api/views")).GetArrayLength());
    }

    private static async Task<string> FirstId(ConsoleBrowser browser) =>
        (await browser.GetAsync("/api/events?model=model-3&limit=1")).GetProperty("events")[0].GetProperty("record").GetProperty("id").GetString()!;
}
