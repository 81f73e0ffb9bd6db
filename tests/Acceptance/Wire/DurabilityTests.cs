using System.Text.RegularExpressions;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>Law 9: a block that the client saw is in the log, also when the proxy is killed the moment the answer has come.</summary>
public sealed partial class DurabilityTests
{
    public static TheoryData<string, string, bool> Blocks => new()
    {
        { WireClient.Chat, "echo " + SyntheticValues.SpanishNif, false },
        { WireClient.Messages, "echo " + SyntheticValues.SpanishNif, true },
        { WireClient.Chat, "leak", false },
        { WireClient.Chat, "leak", true },
        { WireClient.Messages, "leak", true },
    };

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Block_ProxyKilledRightAfterTheAnswer_IsInTheLog(string path, string prompt, bool stream)
    {
        await using var provider = await SimulatedProvider.StartAsync();
        await using var proxy = await ProxyProcess.StartAsync(new ProxySetup { ProviderUrl = provider.Url });
        using var client = new WireClient(proxy.Url);

        var answer = await client.PostAsync(path, WireClient.Prompt(prompt, stream));
        await proxy.KillAsync();

        var reference = Reference().Match(answer.Text);
        Assert.True(reference.Success, "The answer names no reference.");
        using var log = new SqliteBlockLogReader(Path.Combine(proxy.Folder, "data", "block-log.db"));
        Assert.Contains(
            log.Search(new EventQuery(), null, 100).Records,
            r => r.Record.RequestId == reference.Value && r.Record.Action == EdgeFilter.Policies.PolicyAction.Block);
    }

    [Fact]
    public async Task KillUnderLoad_SeveralRounds_NoBlockThatAClientSawIsMissing()
    {
        await using var provider = await SimulatedProvider.StartAsync();

        var report = await KillRounds.RunAsync(provider.Url, rounds: 4, round => { });

        Assert.True(report.Seen > 20, report.ToString());
        Assert.True(report.IsSound, report.ToString());
    }

    [GeneratedRegex("req_[0-9a-f]{32}")]
    private static partial Regex Reference();
}
