using System.Text.Json.Nodes;
using EdgeFilter.Proxy.Configuration;

namespace EdgeFilter.Acceptance.Hosting;

/// <summary>A running proxy under the acceptance policy, with a provider of every family that a test scripts.</summary>
public sealed class ScriptedFixture : IAsyncLifetime
{
    private static readonly string[] Families = ["openai", "anthropic", "gemini", "azure", "bedrock", "ollama", "cohere", "mistral", "mcp", "a2a"];

    internal ScriptedUpstream Upstream { get; private set; } = null!;

    internal ProxyProcess Proxy { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Upstream = await ScriptedUpstream.StartAsync();
        Proxy = await ProxyProcess.StartAsync(new ProxySetup { ProviderUrl = Upstream.Url, Configure = AddFamilies });
    }

    public async Task DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    private void AddFamilies(JsonObject configuration)
    {
        configuration[ProxyOptions.Section]!["MaxResponseBytes"] = 1 << 20;
        configuration["Providers"] = new JsonObject(Families.Select(family => KeyValuePair.Create<string, JsonNode?>(
            family, new JsonObject { ["Protocol"] = family, ["BaseAddress"] = Upstream.Url })));
    }
}
