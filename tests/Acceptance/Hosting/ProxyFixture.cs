using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.Hosting;

/// <summary>A running proxy under the acceptance policy, and the simulated provider behind it.</summary>
public sealed class ProxyFixture : IAsyncLifetime
{
    internal SimulatedProvider Provider { get; private set; } = null!;

    internal ProxyProcess Proxy { get; private set; } = null!;

    /// <summary>Base address for OpenAI clients, with <c>/v1</c>.</summary>
    public Uri OpenAi => Proxy.OpenAi;

    /// <summary>Base address for Anthropic clients, without <c>/v1</c>.</summary>
    public Uri Anthropic => Proxy.Anthropic;

    public async Task InitializeAsync()
    {
        Provider = await SimulatedProvider.StartAsync();
        Proxy = await ProxyProcess.StartAsync(new ProxySetup { ProviderUrl = Provider.Url });
    }

    public async Task DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
