using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>A changed policy applies without a restart; a broken one never does.</summary>
public sealed class HotReloadTests
{
    [Fact]
    public async Task Policy_ChangedThenBroken_AppliesTheGoodOneAndKeepsIt()
    {
        await using var provider = await SimulatedProvider.StartAsync();
        await using var proxy = await ProxyProcess.StartAsync(new ProxySetup { ProviderUrl = provider.Url });
        using var client = new WireClient(proxy.Url);
        var policy = Path.Combine(proxy.Folder, "policies", "acceptance.yaml");
        var original = await File.ReadAllTextAsync(policy);
        var prompt = WireClient.Prompt($"echo Write to {SyntheticValues.EmailAddress}.");
        Assert.Equal("Write to [e-mail].", await AnswerAsync());

        await File.WriteAllTextAsync(policy, original.Replace("\"[e-mail]\"", "\"(removed)\"", StringComparison.Ordinal));
        Assert.True(await BecomesAsync("Write to (removed)."));

        await File.WriteAllTextAsync(policy, original.Replace("then: redact", "then: redakt", StringComparison.Ordinal));
        Assert.True(await proxy.SaysAsync("acceptance.yaml:9:"), proxy.Output);
        Assert.Equal("Write to (removed).", await AnswerAsync());

        async Task<string?> AnswerAsync() =>
            (string?)(await client.PostAsync(WireClient.Chat, prompt)).Json["choices"]![0]!["message"]!["content"];

        Task<bool> BecomesAsync(string expected) => Eventually.HoldsAsync(async () => await AnswerAsync() == expected);
    }
}
