using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Simulation;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>The block log's volume fills up or turns read-only while the proxy runs: refused or spooled, said loudly, and made up for.</summary>
public sealed partial class LogVolumeTests
{
    [SkippableTheory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task LogUnwritable_WhileServing_NoBlockIsShownWithoutItsRecord(bool readOnly, bool spools)
    {
        Skip.IfNot(SmallDisk.IsPossible, "Mount namespaces can't be made here.");
        await using var provider = await SimulatedProvider.StartAsync();
        using var elsewhere = new TemporaryFolder("edgefilter-elsewhere-");
        var (proxy, disk) = await ProxyProcess.StartOnSmallDiskAsync(new ProxySetup
        {
            ProviderUrl = provider.Url,
            Configure = configuration =>
            {
                configuration["BlockLog"]!["KeyFolder"] = elsewhere.PathOf("keys");
                configuration["BlockLog"]!["SpoolPath"] = spools ? elsewhere.PathOf("spool.jsonl") : null;
            },
        }, readOnly);
        await using var running = proxy;
        using var client = new WireClient(proxy.Url);
        var seen = new HashSet<string>(StringComparer.Ordinal);

        // 1. The volume fails, or can't be written from the beginning.
        if (!readOnly)
        {
            Assert.Equal(400, await BlockAsync(client, seen));
            await disk.FillAsync();
        }

        Assert.True(await Eventually.HoldsAsync(async () => await BlockAsync(client, seen) is 503 || await ReadinessAsync(proxy) == HttpStatusCode.ServiceUnavailable));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadinessAsync(proxy));
        Assert.Equal(spools ? 400 : 503, await BlockAsync(client, seen));

        // 2. What needs no record goes on.
        Assert.Equal(200, (await client.PostAsync(WireClient.Chat, WireClient.Prompt("echo hello"))).Status);

        // 3. The volume works again: so does the log, by itself.
        if (readOnly)
        {
            disk.MakeWritable();
        }
        else
        {
            disk.Free();
        }

        Assert.True(await Eventually.HoldsAsync(async () => await ReadinessAsync(proxy) == HttpStatusCode.OK), proxy.Output);
        Assert.Equal(400, await BlockAsync(client, seen));

        // 4. Whatever was shown is in the log, once.
        var records = Read(disk);
        Assert.All(seen, id => Assert.Single(records, record => record.RequestId == id));
    }

    private static async Task<int> BlockAsync(WireClient client, HashSet<string> seen)
    {
        var answer = await client.PostAsync(WireClient.Chat, WireClient.Prompt("echo " + SyntheticValues.SpanishNif));
        if (answer.Status == 400)
        {
            seen.Add(Reference().Match(answer.Text).Value);
        }

        return answer.Status;
    }

    private static async Task<HttpStatusCode> ReadinessAsync(ProxyProcess proxy)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(proxy.Admin, "/edgefilter/health/ready"));
        var fault = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["blockLog"]!;
        Assert.Equal((string?)fault["fault"] == "none", (string?)fault["advice"] == "");
        Assert.Equal(answer.IsSuccessStatusCode, (string?)fault["fault"] == "none");
        return answer.StatusCode;
    }

    // The volume is seen by the proxy alone: its files are copied out through the process.
    private static List<BlockRecord> Read(SmallDisk disk)
    {
        using var copy = new TemporaryFolder("edgefilter-copy-");
        foreach (var file in Directory.EnumerateFiles(disk.Outside, "block-log.db*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            File.Copy(file, copy.PathOf(Path.GetFileName(file)));
        }

        // A write-ahead log is read with its index, which a reader that may write makes anew.
        SqliteFile.OpenForWriting(copy.PathOf("block-log.db")).Dispose();
        using var log = new SqliteBlockLogReader(copy.PathOf("block-log.db"));
        return [.. log.ReadAfter(EventQuery.Everything, 0, 10_000).Select(stored => stored.Record)];
    }

    [GeneratedRegex("req_[0-9a-f]{32}")]
    private static partial Regex Reference();
}
