using System.Text.Json;
using EdgeFilter.Proxy.BlockLog;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace EdgeFilter.Proxy.Tests.BlockLog;

public class OtlpLogsTargetTests
{
    [Fact]
    public async Task Ship_CollectorAwayAtFirst_GetsEveryRecordInItsOwnForm()
    {
        using var folder = new LogFolder();
        await folder.FillAsync(700);
        await using var collector = new Collector(refusals: 1);
        await collector.StartAsync();
        using var reader = folder.OpenReader();
        await using var target = ShipTargets.Create(new Uri("otlp+" + collector.Url), RecordFormat.Jsonl);

        await new LogShipper(reader, target, new ShipCursor(Path.Combine(folder.Path, "ship.cursor")), TimeProvider.System)
            .RunAsync(EventQuery.Everything, follow: false, CancellationToken.None);

        Assert.Equal(["/v1/logs"], collector.Paths.Distinct());
        var records = collector.Records();
        Assert.Equal(Enumerable.Range(1, 700).Select(n => $"{n}"), records.Select(record => Attribute(record, "edgefilter.record.sequence", "intValue")));
        var second = records[1];
        Assert.Equal("1793520001000000000", second.GetProperty("timeUnixNano").GetString());
        Assert.Equal("redact", Attribute(second, "edgefilter.action", "stringValue"));
        Assert.Equal("tenant-1", Attribute(second, "edgefilter.tenant", "stringValue"));
    }

    private static string? Attribute(JsonElement record, string key, string kind) => record.GetProperty("attributes").EnumerateArray()
        .Single(attribute => attribute.GetProperty("key").GetString() == key).GetProperty("value").GetProperty(kind).GetString();

    private sealed class Collector(int refusals) : IAsyncDisposable
    {
        private readonly List<byte[]> _taken = [];
        private WebApplication? _app;
        private int _refusals = refusals;

        public string Url { get; private set; } = "";

        public List<string> Paths { get; } = [];

        public async Task StartAsync()
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            _app = builder.Build();
            _app.Run(TakeAsync);
            await _app.StartAsync();
            Url = _app.Urls.First();
        }

        public List<JsonElement> Records() => [.. _taken.SelectMany(body => JsonDocument.Parse(body).RootElement.GetProperty("resourceLogs").EnumerateArray()
            .SelectMany(resource => resource.GetProperty("scopeLogs").EnumerateArray()).SelectMany(scope => scope.GetProperty("logRecords").EnumerateArray()))];

        public async ValueTask DisposeAsync() => await _app!.DisposeAsync();

        private async Task TakeAsync(HttpContext context)
        {
            Paths.Add(context.Request.Path);
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            if (_refusals-- > 0)
            {
                context.Response.StatusCode = 503;
                return;
            }

            _taken.Add(body.ToArray());
        }
    }
}
