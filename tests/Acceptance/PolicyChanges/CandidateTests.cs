using System.CommandLine;
using System.Text.Json.Nodes;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Acceptance.Wire;
using EdgeFilter.Proxy.Commands;
using EdgeFilter.Proxy.Simulation;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.PolicyChanges;

/// <summary>A candidate judges live traffic, changes no byte of it, says what it would have changed, and can be promoted and left again.</summary>
public sealed class CandidateTests
{
    private const string Prompt = "echo Write to " + SyntheticValues.EmailAddress + " today.";

    [Fact]
    public async Task O3_Candidate_ProposedWatchedPromotedAndLeft_DoesWhatItSays()
    {
        await using var provider = await SimulatedProvider.StartAsync();
        await using var proxy = await ProxyProcess.StartAsync(new ProxySetup
        {
            ProviderUrl = provider.Url,
            Configure = c => c["Candidate"] = new JsonObject { ["Share"] = 1.0, ["CpuShare"] = 1.0 },
        });
        using var client = new WireClient(proxy.Url);
        var original = await File.ReadAllTextAsync(Path.Combine(proxy.Folder, "policies", "acceptance.yaml"));
        var change = Path.Combine(proxy.Folder, "change.yaml");
        await File.WriteAllTextAsync(change, original.Replace("\"[e-mail]\"", "\"(gone)\"", StringComparison.Ordinal).Replace("then: redact", "then: hash", StringComparison.Ordinal));

        // 1. A mistake is refused where it is made; a sound change of one document begins to run.
        await File.WriteAllTextAsync(change + ".bad.yaml", original.Replace("then: redact", "then: redakt", StringComparison.Ordinal));
        Assert.Equal(1, Run(proxy, "candidate", "set", change + ".bad.yaml").Code);
        await File.WriteAllTextAsync(change, (await File.ReadAllTextAsync(change)).Replace("replace-with: \"(gone)\"", "", StringComparison.Ordinal));
        var set = Run(proxy, "candidate", "set", change);
        Assert.True(set.Code == 0, set.Errors);
        await BecomesAsync(async () => (string?)(await StatusAsync(proxy))["state"] == "running");

        // 2. Whole answers, streams and prompts are judged by both; what leaves is the live policies' doing.
        Assert.Equal("Write to [e-mail] today.", await AnswerAsync(client));
        var stream = await client.PostAsync(WireClient.Chat, WireClient.Prompt(Prompt, stream: true));
        Assert.Contains("[e-mail]", stream.Text, StringComparison.Ordinal);
        await BecomesAsync(async () => (long?)(await StatusAsync(proxy))["report"]!["different"] >= 2);
        await BecomesAsync(() => Task.FromResult(Run(proxy, "candidate", "report", "--json").Output.Contains("\"judged\": 4", StringComparison.Ordinal)));
        Assert.Contains("redact -> hash", Run(proxy, "candidate", "report").Output, StringComparison.Ordinal);
        var report = Run(proxy, "candidate", "report", "--json");
        Assert.Equal(1, report.Code);
        Assert.DoesNotContain(SyntheticValues.EmailAddress, report.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(4, JsonNode.Parse(report.Output)!["judged"]!.GetValue<int>());

        // 3. Promoted, it is what clients get, and what a restart would fall back on.
        var promoted = Run(proxy, "candidate", "promote");
        Assert.True(promoted.Code == 0, promoted.Errors);
        Assert.Contains("is in force", promoted.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("[e-mail]", await AnswerAsync(client), StringComparison.Ordinal);
        Assert.True(await proxy.SaysAsync("by promotion of "), proxy.Output);
        await BecomesAsync(async () => (string?)(await StatusAsync(proxy))["state"] == "none");

        // 4. And back.
        Assert.Equal(0, Run(proxy, "rollback").Code);
        Assert.Equal("Write to [e-mail] today.", await AnswerAsync(client));
        Assert.Contains("* ", Run(proxy, "rollback", "--list").Output, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(proxy.Folder, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain(SyntheticValues.EmailAddress, System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Candidate_RuleOnWhatNobodyReads_IsComparedToo()
    {
        await using var provider = await SimulatedProvider.StartAsync();
        await using var proxy = await ProxyProcess.StartAsync(new ProxySetup
        {
            ProviderUrl = provider.Url,
            Configure = c => c["Candidate"] = new JsonObject { ["Share"] = 1.0, ["CpuShare"] = 1.0 },
        });
        using var client = new WireClient(proxy.Url);
        var change = Path.Combine(proxy.Folder, "images.yaml");
        await File.WriteAllTextAsync(change, """
            policy: images
            version: 1.0.0
            rules:
              - { id: stay, in: [prompt], find: { uninspected: [image] }, then: block }
            """);
        var set = Run(proxy, "candidate", "set", change);
        Assert.True(set.Code == 0, set.Errors);
        await BecomesAsync(async () => (string?)(await StatusAsync(proxy))["state"] == "running");

        var answer = await client.PostAsync(WireClient.Chat, """
            {"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"hello"},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]}
            """);

        Assert.Equal(200, answer.Status);
        await BecomesAsync(async () => (long?)(await StatusAsync(proxy))["report"]!["stricter"] == 1);
        var rule = Assert.Single((await StatusAsync(proxy))["report"]!["rules"]!.AsArray())!;
        Assert.Equal(("images/stay", "block"), ((string?)rule["rule"], (string?)rule["candidate"]));
    }

    private static async Task<string> AnswerAsync(WireClient client) =>
        (string)(await client.PostAsync(WireClient.Chat, WireClient.Prompt(Prompt))).Json["choices"]![0]!["message"]!["content"]!;

    private static async Task<JsonNode> StatusAsync(ProxyProcess proxy)
    {
        using var client = new HttpClient();
        return JsonNode.Parse(await client.GetStringAsync(new Uri(proxy.Admin, "/edgefilter/policies/candidate")))!;
    }

    private static async Task BecomesAsync(Func<Task<bool>> holds) => Assert.True(await Eventually.HoldsAsync(holds));

    private static (int Code, string Output, string Errors) Run(ProxyProcess proxy, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] all = [.. arguments, "--config", Path.Combine(proxy.Folder, "edgefilter.json")];
        var code = PolicyCommand.Create().Parse(all).Invoke(new InvocationConfiguration { Output = output, Error = errors });
        return (code, output.ToString(), errors.ToString());
    }
}
