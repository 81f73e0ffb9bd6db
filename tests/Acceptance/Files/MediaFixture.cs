using System.Text.Json.Nodes;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.Files;

/// <summary>A proxy whose policy speaks of media, and a provider of every family that a test scripts.</summary>
public sealed class MediaFixture : IAsyncLifetime
{
    private static readonly string[] Families = ["openai", "anthropic", "gemini", "bedrock", "ollama"];

    internal ScriptedUpstream Upstream { get; private set; } = null!;

    internal ProxyProcess Proxy { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Upstream = await ScriptedUpstream.StartAsync();
        Proxy = await ProxyProcess.StartAsync(new ProxySetup
        {
            ProviderUrl = Upstream.Url,
            PolicyFiles = [Repository.PathOf("tests", "Acceptance", "policies", "media.yaml")],
            Configure = configuration => configuration["Providers"] = new JsonObject(Families.Select(family => KeyValuePair.Create<string, JsonNode?>(
                family, new JsonObject { ["Protocol"] = family, ["BaseAddress"] = Upstream.Url }))),
        });
    }

    public async Task DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
