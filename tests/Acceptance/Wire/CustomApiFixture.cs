using System.Text.Json.Nodes;
using EdgeFilter.Acceptance.Hosting;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>A proxy before an API that only its configuration describes.</summary>
public sealed class CustomApiFixture : IAsyncLifetime
{
    internal ScriptedUpstream Upstream { get; private set; } = null!;

    internal ProxyProcess Proxy { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Upstream = await ScriptedUpstream.StartAsync();
        Proxy = await ProxyProcess.StartAsync(new ProxySetup
        {
            ProviderUrl = Upstream.Url,
            Configure = configuration => configuration["Providers"] = JsonNode.Parse($$"""
                { "house": { "Protocol": "custom", "BaseAddress": "{{Upstream.Url}}", "Apis": {
                    "ask": { "Routes": ["POST /ask"], "RequestTextAt": ["$.turns[*].text"], "ResponseTextAt": ["$.answer.text"], "Stream": "sse" },
                    "lines": { "Routes": ["POST /lines"], "RequestTextAt": ["$.q"], "ResponseTextAt": ["$.out[*].t"], "Stream": "ndjson" },
                    "read": { "Routes": ["GET /read/{id}"], "ResponseTextAt": ["$.text"] } } } }
                """),
        });
    }

    public async Task DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
