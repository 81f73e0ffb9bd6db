using System.Text.Json.Nodes;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>A policy's residency decides which provider may have a request, whatever the path says.</summary>
public sealed class ResidencyTests
{
    private static readonly string Policy = Repository.PathOf("tests", "Acceptance", "policies", "resident.yaml");

    [Fact]
    public async Task Request_NamedProviderOutsideTheRegion_GoesToOneInside()
    {
        await using var outside = await SimulatedProvider.StartAsync();
        await using var inside = await SimulatedProvider.StartAsync();
        await using var proxy = await ProxyProcess.StartAsync(Setup(outside.Url, providers =>
            providers["near"] = new JsonObject { ["Protocol"] = "openai", ["BaseAddress"] = inside.Url, ["Region"] = "eu" }));
        using var client = new WireClient(proxy.Url);

        var answer = await client.PostAsync("/openai/v1/chat/completions", WireClient.Prompt("echo hello"));

        Assert.Equal("hello", (string?)answer.Json["choices"]![0]!["message"]!["content"]);
        Assert.Equal(0, outside.RequestCount);
        Assert.Equal(1, inside.RequestCount);
    }

    [Fact]
    public async Task Request_NoProviderInTheRegion_IsBlockedNatively()
    {
        await using var outside = await SimulatedProvider.StartAsync();
        await using var proxy = await ProxyProcess.StartAsync(Setup(outside.Url, static _ => { }));
        using var client = new WireClient(proxy.Url);

        var answer = await client.PostAsync("/openai/v1/chat/completions", WireClient.Prompt("echo hello"));

        Assert.Equal(400, answer.Status);
        Assert.Equal("content_filter", (string?)answer.Json["error"]!["code"]);
        Assert.Equal(0, outside.RequestCount);
    }

    [Fact]
    public async Task RequestWithoutBody_NoProviderInTheRegion_IsBlockedToo()
    {
        await using var outside = await SimulatedProvider.StartAsync();
        await using var proxy = await ProxyProcess.StartAsync(Setup(outside.Url, static _ => { }));
        using var client = new WireClient(proxy.Url);

        var answer = await client.GetAsync("/openai/v1/models");

        Assert.Equal(400, answer.Status);
        Assert.Equal("content_filter", (string?)answer.Json["error"]!["code"]);
    }

    private static ProxySetup Setup(string outside, Action<JsonObject> addProviders) => new()
    {
        ProviderUrl = outside,
        PolicyFiles = [Policy],
        Configure = configuration =>
        {
            var providers = configuration["Providers"]!.AsObject();
            providers["openai"]!["Region"] = "us";
            providers["openai"]!["Default"] = true;
            addProviders(providers);
        },
    };
}
