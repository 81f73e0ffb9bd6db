using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.Hosting;

/// <summary>What the SDK tests talk to, and the simulated provider behind it.</summary>
public sealed class ProxyFixture : IAsyncLifetime
{
    internal SimulatedProvider Provider { get; private set; } = null!;

    /// <summary>Base address for OpenAI clients, with <c>/v1</c>.</summary>
    public Uri OpenAi { get; private set; } = null!;

    /// <summary>Base address for Anthropic clients, without <c>/v1</c>.</summary>
    public Uri Anthropic { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Provider = await SimulatedProvider.StartAsync();
        OpenAi = new Uri(Provider.Url + "/openai/v1");
        Anthropic = new Uri(Provider.Url + "/anthropic");
    }

    public async Task DisposeAsync() => await Provider.DisposeAsync();
}
