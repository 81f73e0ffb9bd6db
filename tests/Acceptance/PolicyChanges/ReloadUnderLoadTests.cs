using System.Diagnostics;
using System.Text.Json.Nodes;
using EdgeFilter.Acceptance.Wire;
using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Proxy.Hosting;
using EdgeFilter.Proxy.Simulation;
using EdgeFilter.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeFilter.Acceptance.PolicyChanges;

/// <summary>A change of policies, good or bad, is nothing that a client could notice.</summary>
public sealed class ReloadUnderLoadTests : IDisposable
{
    private const int Streams = 200;
    private const int Reloads = 100;
    private static readonly string[] Marks = ["[first]", "[second]"];

    private readonly string folder = Directory.CreateTempSubdirectory("edgefilter-reload-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Streams_AcrossAHundredReloads_EachEndsUnderThePolicyItBeganWith()
    {
        await using var provider = await SimulatedProvider.StartAsync();
        Swap(Policy(0));
        await using var host = await ProxyHost.StartAsync(Configuration(provider.Url), logToConsole: false);
        var store = host.Services.GetRequiredService<PolicyStore>();
        using var client = new WireClient(new Uri(host.Urls.First()));
        var text = string.Join(' ', Enumerable.Range(0, 12).Select(i => $"part {i} of {SyntheticValues.EmailAddress} ends,"));
        var prompt = WireClient.Prompt($"echo {text} [chunks of 45] [pause 80]", stream: true);
        using var stop = new CancellationTokenSource();

        var streams = Enumerable.Range(0, Streams).Select(i => Task.Run(() => RepeatAsync(client, prompt, stop.Token))).ToArray();
        CostOfSelecting(store);
        var applied = 0;
        var dearest = 0L;
        for (var i = 1; i <= Reloads; i++)
        {
            Swap(i % 3 == 0 ? Policy(0).Replace("then:", "than:", StringComparison.Ordinal) : Policy(i % 2));
            applied += store.Reload().IsApplied ? 1 : 0;
            dearest = Math.Max(dearest, CostOfSelecting(store));
            await Task.Delay(20);
        }

        await stop.CancelAsync();
        var seen = (await Task.WhenAll(streams)).SelectMany(s => s).ToArray();

        Assert.Equal(Reloads - (Reloads / 3), applied);
        Assert.True(seen.Length >= Streams, $"{seen.Length} streams");
        Assert.All(Marks, mark => Assert.Contains(mark, seen));
        Assert.True(dearest < 8_192, $"A request after a reload allocated {dearest} bytes to select: it compiled.");
    }

    // Compiling is done before the switch, for all who have asked before: bytes tell, where time on a busy machine does not.
    private static long CostOfSelecting(PolicyStore store)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.NotEmpty(store.Current.For(new() { Route = "/openai", Protocol = "openai.chat" }).Rules);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <returns>The mark that each stream had in all of its places.</returns>
    private static async Task<List<string>> RepeatAsync(WireClient client, string prompt, CancellationToken stop)
    {
        var marks = new List<string>();
        do
        {
            var answer = await client.PostAsync(WireClient.Chat, prompt);
            Assert.Equal(200, answer.Status);
            var text = Text(answer.Text);
            var mark = Assert.Single(Marks, m => text.Contains(m, StringComparison.Ordinal));
            Assert.Equal(12, text.Split(mark).Length - 1);
            Assert.EndsWith("ends,", text.TrimEnd(), StringComparison.Ordinal);
            Assert.DoesNotContain(SyntheticValues.EmailAddress, text, StringComparison.Ordinal);
            Assert.Contains("[DONE]", answer.Text, StringComparison.Ordinal);
            marks.Add(mark);
        }
        while (!stop.IsCancellationRequested);
        return marks;
    }

    private static string Text(string events) => string.Concat(events.Split('\n')
        .Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
        .Select(line => JsonNode.Parse(line[6..])!["choices"]?.AsArray().FirstOrDefault()?["delta"]?["content"]?.GetValue<string>()));

    private static string Policy(int mark) => $$"""
        policy: reload
        version: 1.{{mark}}.0
        rules:
          - id: mails
            why: test
            in: [output]
            find: { entities: [EMAIL_ADDRESS] }
            then: redact
            replace-with: "{{Marks[mark]}}"
        """;

    // As Kubernetes does: a new folder, and one renamed link.
    private void Swap(string policy)
    {
        var policies = Directory.CreateDirectory(Path.Combine(folder, "policies")).FullName;
        var version = $"..{Guid.NewGuid():N}";
        Directory.CreateDirectory(Path.Combine(policies, version));
        File.WriteAllText(Path.Combine(policies, version, "reload.yaml"), policy);
        var link = Path.Combine(policies, "..data");
        var old = Directory.Exists(link) ? File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName : null;
        File.CreateSymbolicLink(link + "_tmp", version);
        using (var rename = Process.Start("mv", ["-T", link + "_tmp", link]))
        {
            rename.WaitForExit();
        }

        if (old is null)
        {
            File.CreateSymbolicLink(Path.Combine(policies, "reload.yaml"), Path.Combine("..data", "reload.yaml"));
        }
        else
        {
            Directory.Delete(old, recursive: true);
        }
    }

    private IConfigurationRoot Configuration(string provider) => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Proxy:Urls"] = "http://127.0.0.1:0",
        ["Proxy:AdminUrls"] = "http://127.0.0.1:0",
        ["Proxy:Policies"] = Path.Combine(folder, "policies"),
        ["Proxy:Models"] = Repository.PathOf("models"),
        ["BlockLog:Path"] = Path.Combine(folder, "data", "block-log.db"),
        ["Logs:Path"] = Path.Combine(folder, "data", "edgefilter-.jsonl"),
        ["Providers:openai:Protocol"] = "openai",
        ["Providers:openai:BaseAddress"] = provider,
    }).Build();
}
