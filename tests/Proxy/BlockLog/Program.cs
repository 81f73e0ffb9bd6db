using System.Diagnostics;
using System.Globalization;
using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Tests.BlockLog;

/// <summary>The test assembly as a program of its own: the child process that tests kill, and measurements by hand.</summary>
internal static class Program
{
    /// <summary>Appends to the log in a folder until killed; prints an id only once that record was acknowledged.</summary>
    public const string Verb = "append-until-killed";

    public static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case [Verb, var folder]:
                await AppendUntilKilled(folder);
                return 0;
            case ["measure-ingest", var folder, var count]:
                await MeasureIngest(folder, int.Parse(count, CultureInfo.InvariantCulture));
                return 0;
            case ["console", var address]:
                await ServeConsole(address);
                return 0;
            case ["measure-console", var folder]:
                await MeasureConsole(folder);
                return 0;
            case ["measure-search", var folder]:
                MeasureSearch(folder);
                return 0;
            default:
                return 2;
        }
    }

    private static async Task AppendUntilKilled(string folder)
    {
        await using var log = LogFolder.OpenWriter(folder);
        var printing = new Lock();
        await using var output = Console.OpenStandardOutput();
        await Parallel.ForEachAsync(Enumerable.Range(0, int.MaxValue), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (n, stop) =>
        {
            var record = Some.Record(n);
            if ((await log.AppendAsync(record, stop)).IsKept)
            {
                lock (printing)
                {
                    output.Write(System.Text.Encoding.ASCII.GetBytes($"{record.Id:N}\n"));
                }
            }
        });
    }

    /// <summary>A console on a filled log, to look at. Prints the link of the first account; ends with standard input.</summary>
    private static async Task ServeConsole(string address)
    {
        using var folder = new LogFolder();
        await using (var log = folder.OpenWriter())
        {
            var now = DateTimeOffset.UtcNow;
            for (var n = 0; n < 3_000; n++)
            {
                var time = now.AddSeconds(-n * 27);
                await log.AppendAsync(Some.Record(n) with { Id = BlockRecord.NewId(time), Time = time }, CancellationToken.None);
            }
        }

        await using var server = new Review.ConsoleServer(address, folder.Path);
        await server.StartAsync();
        Console.WriteLine($"{server.Address}#/setup/{server.SetupToken}");
        await Console.In.ReadLineAsync();
    }

    /// <summary>Appends as fast as the log takes records, thousands waiting at a time as under load.</summary>
    private static async Task MeasureIngest(string folder, int count)
    {
        await using var log = LogFolder.OpenWriter(folder);
        await log.Opened;

        // Made before: what is measured is the log.
        var made = Enumerable.Range(0, Math.Min(count, 20_000)).Select(Some.Record).ToArray();
        var watch = Stopwatch.StartNew();
        var cpu = Environment.CpuUsage.TotalTime;
        var allocated = GC.GetTotalAllocatedBytes();
        await Parallel.ForEachAsync(Enumerable.Range(0, 2_000), new ParallelOptions { MaxDegreeOfParallelism = 2_000 }, async (lane, stop) =>
        {
            for (var n = lane; n < count; n += 2_000)
            {
                await log.AppendAsync(
                    made[n % made.Length] with
                    {
                        Id = BlockRecord.NewId(Some.Start), Time = TimeOf(n), Client = $"client-{n % 15_013}",
                    }, stop);
            }
        });
        var seconds = watch.Elapsed.TotalSeconds;
        var cpuMicroseconds = (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / count;
        Console.WriteLine(FormattableString.Invariant(
            $"{count:N0} records in {seconds:F1} s: {count / seconds:N0} records/s, {cpuMicroseconds:F1} µs CPU and {(GC.GetTotalAllocatedBytes() - allocated) / count:N0} bytes each, {GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)} collections"));
    }

    // In order of time but for a few, as spooled records are that come late: enough that every block has to be looked into.
    private static DateTimeOffset TimeOf(int n) => Some.Start.AddMilliseconds((n % 5_000 == 0 ? n * 7_919L % 10_000_000 : n) * 10L);

    /// <summary>How long the console's own pages wait for what they ask, over HTTP, on a log that is there already.</summary>
    private static async Task MeasureConsole(string folder)
    {
        await using var server = new Review.ConsoleServer("http://127.0.0.1:0", folder);
        await server.StartAsync();
        using var browser = server.Browser();
        if (server.SetupToken.Length > 0)
        {
            await browser.SetUpAsync(server.SetupToken, "admin");
        }
        else
        {
            await browser.SignInAsync("admin");
        }

        string[] filters =
        [
            "", "tenant=tenant-{0}", "tenant=tenant-{0}&action=block&entity=ES_NIF", "client=client-{0}", "rule=rule-{0}&region=EU", "text=kind+{0}", "severity=critical",
            "text=client-1{0}", "text=kind+{0}&since=2026-11-01T20:00Z", "tenant=tenant-{0}&rule=rule-{0}&since=2026-11-01T12:00Z&until=2026-11-02T02:00Z",
            "fingerprint=9f86d081.{1}", "fingerprint=9f86d081.{1}&since=2026-11-02", "before=20000&severity=critical", "before=51&action=block", "since=2026-11-01T09:00Z&until=2026-11-01T10:00Z&model=model-{0}", "disposition=open&action=redact", "assigned=nobody&direction=prompt",
        ];
        foreach (var path in new[] { "/api/events", "/api/facets" })
        {
            foreach (var filter in filters.Where(filter => path == "/api/events" || !filter.StartsWith("before=", StringComparison.Ordinal)))
            {
                await Repeat(browser, $"{path}?{filter}", n => $"{path}?" + string.Format(CultureInfo.InvariantCulture, filter, n % 6, (n % 6).ToString("x32", CultureInfo.InvariantCulture)));
            }
        }

        foreach (var range in new[] { "1h", "24h", "7d", "30d" })
        {
            await Repeat(browser, "overview " + range, _ => $"/api/overview?range={range}");
        }

        static async Task Repeat(Review.ConsoleBrowser browser, string name, Func<int, string> path)
        {
            var times = new List<double>();
            for (var n = 0; n < 20; n++)
            {
                var watch = Stopwatch.StartNew();
                await browser.GetAsync(path(n));
                times.Add(watch.Elapsed.TotalMilliseconds);
            }

            times.Sort();
            Console.WriteLine(FormattableString.Invariant($"{name,-64} median {times[10],8:F1} ms   p95 {times[18],8:F1} ms   most {times[19],8:F1} ms"));
        }
    }

    private static void MeasureSearch(string folder)
    {
        using var reader = new SqliteBlockLogReader(LogFolder.DatabaseIn(folder));
        var tenant = new TermFilter(TermField.Tenant, ["tenant-3"]);
        var entity = new TermFilter(TermField.Entity, ["ES_NIF"]);
        var block = new TermFilter(TermField.Action, ["block"]);
        var summary = Time("summary", reader.Summary);
        for (var round = 0; round < 2; round++)
        {
            Time("everything", () => reader.Search(EventQuery.Everything, null, 50));
            Time("tenant", () => reader.Search(new EventQuery { Terms = [tenant] }, null, 50));
            Time("tenant+entity+action", () => reader.Search(new EventQuery { Terms = [tenant, entity, block] }, null, 50));
            Time("client", () => reader.Search(new EventQuery { Terms = [new TermFilter(TermField.Client, ["client-7"])] }, null, 50));
            Time("fingerprint", () => reader.Search(new EventQuery { Fingerprint = "9f86d081." + 7.ToString("x32", CultureInfo.InvariantCulture) }, null, 50));
            Time("text", () => reader.Search(new EventQuery { Text = "kind 3" }, null, 50));
            Time("last hour", () => reader.Search(new EventQuery { Since = summary.Newest!.Value.AddHours(-1) }, null, 50));
            foreach (var field in new[] { TermField.Action, TermField.Severity, TermField.Rule, TermField.Entity, TermField.Tenant, TermField.Model })
            {
                Time("count " + field, () => reader.Count(new EventQuery { Terms = [block] }, field, 10));
            }

            Time("histogram", () => reader.Histogram(EventQuery.Everything, summary.Oldest!.Value, summary.Newest!.Value, 60));
        }
    }

    private static T Time<T>(string name, Func<T> work)
    {
        var watch = Stopwatch.StartNew();
        var result = work();
        Console.WriteLine(FormattableString.Invariant($"{name,-24} {watch.Elapsed.TotalMilliseconds,9:F1} ms"));
        return result;
    }
}
