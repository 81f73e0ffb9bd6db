using System.Text.Json.Nodes;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>A proxy that can't filter as configured does not start, and says what to do.</summary>
public sealed class StartTests
{
    private const string Provider = "http://127.0.0.1:9";

    [Fact]
    public async Task Policy_Broken_NamesFileLineAndColumn()
    {
        using var folder = new TemporaryFolder("edgefilter-acceptance-");
        var broken = folder.PathOf("broken.yaml");
        await File.WriteAllTextAsync(broken, """
            policy: broken
            version: 1.0.0
            rules:
              - id: cards
                in: [prompt]
                find: { entities: [CREDITCARD] }
                then: redact
            """);

        var (status, output) = await ProxyProcess.StartAndFailAsync(new ProxySetup { ProviderUrl = Provider, PolicyFiles = [broken] });

        Assert.NotEqual(0, status);
        Assert.Contains("broken.yaml:6:", output, StringComparison.Ordinal);
        Assert.Contains("CREDIT_CARD", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_Missing_NamesThePolicyAndTheModel()
    {
        using var empty = new TemporaryFolder("edgefilter-acceptance-");

        var (status, output) = await ProxyProcess.StartAndFailAsync(new ProxySetup
        {
            ProviderUrl = Provider,
            PolicyFiles = [Repository.PathOf("policies", "baseline.yaml")],
            Configure = configuration => configuration["Proxy"]!["Models"] = empty.Path,
        });

        Assert.NotEqual(0, status);
        Assert.Contains("prompt-attack", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policies_None_IsRefused()
    {
        var (status, output) = await ProxyProcess.StartAndFailAsync(new ProxySetup { ProviderUrl = Provider, PolicyFiles = [] });

        Assert.NotEqual(0, status);
        Assert.Contains("polic", output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Log_CannotBeWritten_IsRefused()
    {
        using var folder = new TemporaryFolder("edgefilter-acceptance-");
        var file = folder.PathOf("a-file");
        await File.WriteAllTextAsync(file, "");

        var (status, output) = await ProxyProcess.StartAndFailAsync(new ProxySetup
        {
            ProviderUrl = Provider,
            Configure = configuration => configuration["BlockLog"] = new JsonObject { ["Path"] = Path.Combine(file, "block-log.db") },
        });

        Assert.NotEqual(0, status);
        Assert.Contains(file, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Provider_WrongProtocol_IsNamed()
    {
        var (status, output) = await ProxyProcess.StartAndFailAsync(new ProxySetup
        {
            ProviderUrl = Provider,
            Configure = configuration => configuration["Providers"]!["openai"]!["Protocol"] = "opnai",
        });

        Assert.NotEqual(0, status);
        Assert.Contains("Providers:openai:Protocol", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_ByServiceManager_IsClean()
    {
        await using var proxy = await ProxyProcess.StartAsync(new ProxySetup { ProviderUrl = Provider });

        Assert.Equal(0, await proxy.StopAsync());
    }
}
