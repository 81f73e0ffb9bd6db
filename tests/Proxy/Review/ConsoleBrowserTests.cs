using System.Diagnostics;
using System.Text.Json;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Tests.BlockLog;
using EdgeFilter.Testing;

namespace EdgeFilter.Proxy.Tests.Review;

/// <summary>
/// A browser on every page: narrow and wide, light and dark, by keyboard, with axe-core looking on. Screenshots are left under
/// <c>artifacts/console</c>.
/// </summary>
public class ConsoleBrowserTests
{
    private static readonly string Folder = Repository.PathOf("tests", "Proxy", "Review", "browser");

    [SkippableFact]
    public async Task EveryPage_InABrowser_WorksAndIsAccessible()
    {
        var chromium = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
        Skip.If(chromium is null, "There is no browser (Debian: apt-get install chromium).");
        using var folder = new LogFolder();
        await FillAsync(folder);
        using var policies = new PoliciesInForce();
        await using var server = new ConsoleServer("http://127.0.0.1:0", folder.Path) { Policies = policies };
        await server.StartAsync();
        await InstallAsync();

        var output = await RunAsync(
            "node", "walk.mjs", $"{server.Address}#/setup/{server.SetupToken}", chromium!, Repository.PathOf("artifacts", "console"),
            Path.Combine(folder.Path, "evidence.key"));

        var seen = JsonDocument.Parse(output).RootElement;
        Assert.Equal("", string.Join('\n', seen.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString())));
        Assert.True(seen.GetProperty("visited").GetArrayLength() > 40);
        Assert.Equal("1.0.0", policies.Version);
        Assert.Equal(
            ["policies rolled back", "candidate promoted", "candidate proposed", "candidate dropped", "candidate proposed", "candidate proposed"],
            server.Audit().Select(entry => entry.Action).Where(action => action.StartsWith("candidate", StringComparison.Ordinal) || action.StartsWith("policies", StringComparison.Ordinal)));
    }

    private static async Task FillAsync(LogFolder folder)
    {
        await using var log = folder.OpenWriter();
        var now = DateTimeOffset.UtcNow;
        for (var n = 0; n < 300; n++)
        {
            var time = now.AddMinutes(n - 300);
            await log.AppendAsync(Some.Record(n) with { Id = BlockRecord.NewId(time), Time = time }, CancellationToken.None);
        }

        var kept = WithFindings("evidence-tenant", now, count: 2, (11, 16), (16, 14));
        await log.AppendAsync(kept with { Evidence = [SealOne(folder, kept)] }, CancellationToken.None);
        var partly = WithFindings("partial-tenant", now, count: 3, (11, 10));
        await log.AppendAsync(partly with { Evidence = [SealOne(folder, partly)] }, CancellationToken.None);
        await log.AppendAsync(
            Some.Record() with { Id = BlockRecord.NewId(now), Time = now, Tenant = "<img src=x onerror=alert(1)>", Rules = ["<script>alert(2)</script>"] },
            CancellationToken.None);
    }

    private static BlockRecord WithFindings(string tenant, DateTimeOffset time, int count, params (int Start, int Length)[] places)
    {
        var record = Some.Record(11);
        return record with
        {
            Id = BlockRecord.NewId(time), Time = time, Tenant = tenant,
            Entities = [new EntityCount { Entity = record.Findings[0].Entity, Count = count }],
            Findings = [.. places.Select(place => record.Findings[0] with { Start = place.Start, Length = place.Length })],
        };
    }

    private static SealedEvidence SealOne(LogFolder folder, BlockRecord record)
    {
        var pair = EvidenceKeyPair.Create();
        var (privateKey, publicKey) = (Path.Combine(folder.Path, "evidence.key"), Path.Combine(folder.Path, "evidence.pub"));
        if (!File.Exists(privateKey))
        {
            File.WriteAllBytes(privateKey, pair.PrivatePem);
            File.WriteAllBytes(publicKey, pair.PublicPem);
        }

        return EvidenceSealer.Load(publicKey)
            .Seal("my card is 4111 1111 1111 1111, says <b>nobody</b>", 0, 0, record.RequestId, record.Findings[0].Path, record.Findings[0].Role);
    }

    private static async Task InstallAsync()
    {
        var wanted = await File.ReadAllTextAsync(Path.Combine(Folder, "package-lock.json"));
        var marker = Path.Combine(Folder, "node_modules", ".installed");
        if (!File.Exists(marker) || await File.ReadAllTextAsync(marker) != wanted)
        {
            await RunAsync("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            await File.WriteAllTextAsync(marker, wanted);
        }
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await errors}");
            return await output;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
