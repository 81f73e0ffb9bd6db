using System.CommandLine;
using System.Text.Json;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Acceptance.Wire;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Commands;
using EdgeFilter.Proxy.Simulation;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.PolicyChanges;

/// <summary>What a proxy really stopped, opened away from it, tells what a change of policy would do: one chain of commands.</summary>
public sealed class EvidenceReplayTests
{
    private const string Old = """
        policy: desk
        version: 1.0.0
        evidence: sealed
        rules:
          - { id: addresses, in: [prompt, output], find: { entities: [EMAIL_ADDRESS] }, then: redact }
          - { id: numbers, in: [prompt], find: { entities: [ES_NIF] }, then: block }
        """;

    [Fact]
    public async Task OpenEvidence_DiffAndReplay_TellWhatAChangeWouldDoToWhatWasStopped()
    {
        using var team = new TemporaryFolder("edgefilter-team-");
        var (key, old, changed, corpus) = (team.PathOf("evidence.key"), team.PathOf("old.yaml"), team.PathOf("changed.yaml"), team.PathOf("corpus.jsonl"));
        var pair = EvidenceKeyPair.Create();
        await File.WriteAllBytesAsync(key, pair.PrivatePem);
        await File.WriteAllBytesAsync(team.PathOf("evidence.pub"), pair.PublicPem);
        await File.WriteAllTextAsync(old, Old);
        await File.WriteAllTextAsync(changed, Old.Replace("then: redact", "then: block", StringComparison.Ordinal));

        // 1. Traffic: addresses in a prompt, in a stream and, beside a number, in a prompt that is blocked.
        await using var provider = await SimulatedProvider.StartAsync();
        await using var proxy = await ProxyProcess.StartAsync(new ProxySetup
        {
            ProviderUrl = provider.Url, PolicyFiles = [old], Configure = configuration => configuration["BlockLog"]!["EvidenceKey"] = team.PathOf("evidence.pub"),
        });
        using (var client = new WireClient(proxy.Url))
        {
            await client.PostAsync(WireClient.Chat, WireClient.Prompt("Write to " + SyntheticValues.EmailAddress));
            await client.PostAsync(WireClient.Chat, WireClient.Prompt("echo " + SyntheticValues.SpanishNif, stream: true));
            await client.PostAsync(WireClient.Messages, JsonSerializer.Serialize(new
            {
                model = "m", max_tokens = 9,
                messages = new[]
                {
                    new { role = "user", content = "From " + SyntheticValues.EmailAddress }, new { role = "assistant", content = "Yes?" },
                    new { role = "user", content = "NIF " + SyntheticValues.SpanishNif },
                },
            }));
        }

        Assert.Equal(0, await proxy.StopAsync());

        // 2. Opened by who has the key, from the log: noted, and a corpus.
        var opened = Run(LogCommand.Create(), "open-evidence", "--key", key, "--log", Path.Combine(proxy.Folder, "data", "block-log.db"));
        Assert.True(opened.Code == 0, opened.Errors);
        await File.WriteAllTextAsync(corpus, opened.Output);
        Assert.Equal(4, opened.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        // 3. Under the policies that were in force everything is as it was; under the change, what was redacted would be blocked.
        var same = Run(PolicyCommand.Create(), "replay", old, "--corpus", corpus, "--json");
        Assert.True(same.Code == 0, same.Output + same.Errors);
        var replayed = Run(PolicyCommand.Create(), "replay", changed, "--corpus", corpus);
        Assert.Equal(1, replayed.Code);
        Assert.Contains("redact then, block now", replayed.Output, StringComparison.Ordinal);
        Assert.Equal(0, Run(PolicyCommand.Create(), "diff", old, old, "--corpus", corpus).Code);
        var difference = Run(PolicyCommand.Create(), "diff", old, changed, "--corpus", corpus);
        Assert.Equal(1, difference.Code);
        Assert.Contains("desk/addresses", difference.Output, StringComparison.Ordinal);
        Assert.All([replayed.Output, difference.Output, same.Output], output =>
        {
            Assert.DoesNotContain(SyntheticValues.EmailAddress, output, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(SyntheticValues.SpanishNif, output, StringComparison.OrdinalIgnoreCase);
        });
    }

    private static (int Code, string Output, string Errors) Run(Command command, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = command.Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = errors });
        return (code, output.ToString(), errors.ToString());
    }
}
