using System.Text;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Simulation;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>What policies keep is sealed as it is written: nothing of it stands in the clear anywhere, and only the private key opens it.</summary>
public sealed class EvidenceTests
{
    [Fact]
    public async Task SealedEvidence_PromptsAndOutputs_OpensOnlyWithTheKey_AndIsNowhereInTheClear()
    {
        await using var provider = await SimulatedProvider.StartAsync();
        var keys = Directory.CreateTempSubdirectory("edgefilter-keys-").FullName;
        try
        {
            var pair = EvidenceKeyPair.Create();
            await File.WriteAllBytesAsync(Path.Combine(keys, "evidence.key"), pair.PrivatePem);
            await File.WriteAllBytesAsync(Path.Combine(keys, "evidence.pub"), pair.PublicPem);
            await using var proxy = await ProxyProcess.StartAsync(new ProxySetup
            {
                ProviderUrl = provider.Url,
                PolicyFiles = [Repository.PathOf("tests", "Acceptance", "policies", "evidence.yaml")],
                Configure = configuration => configuration["BlockLog"]!["EvidenceKey"] = Path.Combine(keys, "evidence.pub"),
            });
            using var client = new WireClient(proxy.Url);
            await client.PostAsync(WireClient.Chat, WireClient.Prompt("canaryone my NIF is " + SyntheticValues.SpanishNif, false));
            await client.PostAsync(WireClient.Chat, WireClient.Prompt("echo canarytwo write to " + SyntheticValues.EmailAddress + " [chunks of 3]", true));
            await client.PostAsync(WireClient.Messages, WireClient.Prompt("echo canarythree write to " + SyntheticValues.EmailAddress, false));
            await client.PostAsync(WireClient.Chat, WireClient.Prompt("echo canaryfour card " + SyntheticValues.PaymentCard, false));
            await proxy.StopAsync();

            using var opener = EvidenceOpener.Load(Path.Combine(keys, "evidence.key"));
            using var log = new SqliteBlockLogReader(Path.Combine(proxy.Folder, "data", "block-log.db"));
            var texts = log.ReadAfter(EventQuery.Everything, 0, 100)
                .SelectMany(stored => (stored.Record.Evidence ?? []).Select(evidence => opener.TryOpen(evidence, stored.Record.RequestId)!.Text)).ToArray();

            Assert.Contains(texts, text => text.Contains("canaryone my NIF is " + SyntheticValues.SpanishNif, StringComparison.Ordinal));
            Assert.Contains(texts, text => text.Contains("canarytwo write to " + SyntheticValues.EmailAddress, StringComparison.Ordinal));
            Assert.Contains(texts, text => text.Contains("canarythree write to " + SyntheticValues.EmailAddress, StringComparison.Ordinal));
            Assert.DoesNotContain(texts, text => text.Contains("canaryfour", StringComparison.Ordinal));
            foreach (var file in Directory.EnumerateFiles(proxy.Folder, "*", SearchOption.AllDirectories))
            {
                var written = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)) + proxy.Output;
                Assert.All(
                    new[] { "canary", SyntheticValues.SpanishNif, SyntheticValues.EmailAddress, SyntheticValues.PaymentCard },
                    content => Assert.False(written.Contains(content, StringComparison.OrdinalIgnoreCase), $"{content} is in {Path.GetFileName(file)}."));
            }
        }
        finally
        {
            Directory.Delete(keys, recursive: true);
        }
    }
}
