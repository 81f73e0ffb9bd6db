using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Policies;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Simulation;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>What users of other gateways complain about in their logs, errors and roll-outs; docs/threat-model.md has the table of the numbers.</summary>
public sealed class KnownPainsTests
{
    private const string ForbiddenWord = "bluebirdcanary";

    private const string Policy = $$"""
        policy: pains
        version: 1.0.0
        dictionaries:
          projects: { entity: PROJECT, words: [{{ForbiddenWord}}] }
        rules:
          - { id: projects, in: [prompt, output], find: { dictionaries: [projects] }, then: block, say: "This project is not for models outside." }
          - { id: addresses, in: [prompt, output], find: { entities: [EMAIL_ADDRESS] }, then: redact, shadow: true }
        """;

    [Fact]
    public async Task P2_P3_P7_RecordOfABlock_FeedsEveryFormatAndHoldsNeitherContentNorHeaders()
    {
        await using var provider = await SimulatedProvider.StartAsync();
        await using var proxy = await StartAsync(provider.Url);
        using var client = new WireClient(proxy.Url);

        await client.PostAsync(WireClient.Chat, WireClient.Prompt($"canaryprompt about {ForbiddenWord}, signed canaryname"));
        await proxy.StopAsync();

        using var log = Open(proxy);
        var stored = Assert.Single(log.ReadAfter(EventQuery.Everything, 0, 10));
        var finding = Assert.Single(stored.Record.Findings);
        Assert.Equal(("PROJECT", "projects", ForbiddenWord.Length), (finding.Entity, finding.Rule, finding.Length));
        Assert.Matches("^[0-9a-f]{8}[.][0-9a-f]{32}$", Assert.Single(stored.Record.Fingerprints).Value);
        foreach (var format in Enum.GetValues<RecordFormat>())
        {
            var line = RecordFormatter.Line(stored, format);
            Assert.Contains("projects", line, StringComparison.Ordinal);
            Assert.All(["canary", "sk-client", "Authorization", "Bearer", "User-Agent"], leaked => Assert.DoesNotContain(leaked, line, StringComparison.OrdinalIgnoreCase));
        }

        // An allow-list: a field that nobody described can't be in a record.
        var described = JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("schema", "block-record.schema.json")))!["properties"]!.AsObject();
        using var record = JsonDocument.Parse(RecordJson.Serialize(stored.Record));
        Assert.All(record.RootElement.EnumerateObject(), field => Assert.True(described.ContainsKey(field.Name), field.Name));
    }

    [Theory]
    [InlineData(WireClient.Chat, false)]
    [InlineData(WireClient.Chat, true)]
    [InlineData(WireClient.Messages, false)]
    [InlineData(WireClient.Messages, true)]
    public async Task P5_AnswerToABlock_NamesRequestAndRuleAndNeverRepeatsWhatIsForbidden(string path, bool stream)
    {
        await using var provider = await SimulatedProvider.StartAsync();
        await using var proxy = await StartAsync(provider.Url);
        using var client = new WireClient(proxy.Url);

        var prompt = await client.PostAsync(path, WireClient.Prompt("What of " + ForbiddenWord, stream));
        var output = await client.PostAsync(path, WireClient.Prompt("echo It is " + ForbiddenWord[..8] + ForbiddenWord[8..], stream));

        foreach (var answer in new[] { prompt, output })
        {
            Assert.DoesNotContain(ForbiddenWord, answer.Text, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("This project is not for models outside.", answer.Text, StringComparison.Ordinal);
            Assert.Matches("req_[0-9a-f]{32}", answer.Text);
        }
    }

    [Fact]
    public async Task P6_FailureBehindTheProxy_ReachesTheCallerWithoutTracesOrItsOwnWords()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        await using var proxy = await StartAsync(upstream.Url);
        using var client = new WireClient(proxy.Url);
        upstream.Says("Traceback (most recent call last): canarytrace at Vendor.Internal.Handler()", "text/plain");

        var unreadable = await client.PostAsync(WireClient.Chat, WireClient.Prompt("hello"));
        upstream.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        var broken = await client.PostAsync(WireClient.Chat, WireClient.Prompt("hello"));

        foreach (var answer in new[] { unreadable, broken })
        {
            Assert.Equal(502, answer.Status);
            Assert.NotNull(answer.Json["error"]!["message"]);
            Assert.All(["canary", "Traceback", "   at ", "Exception", "127.0.0.1"], leaked => Assert.DoesNotContain(leaked, answer.Text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task O1_O2_RuleThatOnlyWatches_IsCountedByRuleAndTenantInTheSameLogAndMetrics()
    {
        await using var provider = await SimulatedProvider.StartAsync();
        await using var proxy = await StartAsync(provider.Url);
        using var client = new WireClient(proxy.Url);

        var answer = await client.PostAsync(WireClient.Chat, WireClient.Prompt("echo Write to " + SyntheticValues.EmailAddress));
        using var operators = new HttpClient();
        var metrics = await operators.GetStringAsync(new Uri(proxy.Admin, "/edgefilter/metrics"));
        await proxy.StopAsync();

        Assert.Contains(SyntheticValues.EmailAddress, answer.Text, StringComparison.Ordinal);
        using var log = Open(proxy);
        var shadow = new EventQuery { Terms = [new TermFilter(TermField.Shadow, ["addresses"])] };
        var counts = log.Facets(shadow, [TermField.Shadow, TermField.Tenant, TermField.Protocol], top: 5);
        Assert.Equal(2, counts.Total);
        Assert.Equal(new TermCount("addresses", 2), Assert.Single(counts.Fields[TermField.Shadow]));
        Assert.Equal(new TermCount("watchers", 2), Assert.Single(counts.Fields[TermField.Tenant]));
        Assert.Equal(new TermCount("openai.chat", 2), Assert.Single(counts.Fields[TermField.Protocol]));
        Assert.All(log.ReadAfter(shadow, 0, 10), stored => Assert.Equal(PolicyAction.Redact, Assert.Single(stored.Record.Shadow).Action));
        Assert.Contains("addresses", metrics, StringComparison.Ordinal);
    }

    private static async Task<ProxyProcess> StartAsync(string provider)
    {
        using var folder = new TemporaryFolder("edgefilter-pains-");
        await File.WriteAllTextAsync(folder.PathOf("pains.yaml"), Policy, Encoding.UTF8);
        return await ProxyProcess.StartAsync(new ProxySetup
        {
            ProviderUrl = provider, PolicyFiles = [folder.PathOf("pains.yaml")], Configure = configuration => configuration["Proxy"]!["Tenant"] = "watchers",
        });
    }

    private static SqliteBlockLogReader Open(ProxyProcess proxy) => new(Path.Combine(proxy.Folder, "data", "block-log.db"));
}
