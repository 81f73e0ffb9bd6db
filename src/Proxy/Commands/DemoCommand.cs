using System.CommandLine;
using EdgeFilter.Policies;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Hosting;
using EdgeFilter.Proxy.Inspection;
using EdgeFilter.Proxy.Simulation;
using Spectre.Console;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>edgefilter demo</c>: the proxy with the shipped policies and models before a simulated provider.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var urls = new Option<string>("--urls") { Description = "Addresses for clients.", DefaultValueFactory = _ => "http://127.0.0.1:8080" };
        var adminUrls = new Option<string>("--admin-urls") { Description = "Addresses for operators.", DefaultValueFactory = _ => "http://127.0.0.1:8081" };
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder of the demo's block log and keys.", DefaultValueFactory = _ => new DirectoryInfo(Path.Combine("artifacts", "demo")) };
        var region = new Option<string>("--region") { Description = "Region whose policies apply.", DefaultValueFactory = _ => "EU" };
        var command = new Command("demo", "Runs the proxy with the shipped policies before a simulated model provider. Needs no key and no internet.") { urls, adminUrls, data, region };
        command.SetAction((parsed, cancellation) => Startup.GuardAsync(Console.Error, () => RunAsync(
            parsed.GetRequiredValue(urls), parsed.GetRequiredValue(adminUrls), parsed.GetRequiredValue(data), parsed.GetRequiredValue(region), cancellation)));
        return command;
    }

    // What the simulated provider speaks.
    private static readonly string[] Families = ["openai", "anthropic", "gemini", "ollama", "cohere", "mistral", "bedrock"];

    private static async Task RunAsync(string urls, string adminUrls, DirectoryInfo data, string region, CancellationToken cancellation)
    {
        await using var provider = await SimulatedProvider.StartAsync(cancellation: cancellation);
        data.Create();
        var configuration = Configuration(provider.Url, urls, adminUrls, data.FullName, region);
        await using var host = await ProxyHost.StartAsync(configuration, logToConsole: false, cancellation);
        var console = AnsiConsole.Console;
        DemoText.WriteIntroduction(console, host, provider.Url, data.FullName, region);
        host.Services.GetRequiredService<DecisionFeed>().Decided += record => DemoText.WriteDecision(console, record);
        await host.WaitForShutdownAsync(cancellation);
    }

    internal static IConfigurationRoot Configuration(string provider, string urls, string adminUrls, string data, string region) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Proxy:Urls"] = urls,
            ["Proxy:AdminUrls"] = adminUrls,
            ["Proxy:Region"] = region,
            ["Proxy:Policies"] = ProductFolders.Find("policies"),
            ["Proxy:Models"] = ProductFolders.Find("models"),
            ["Proxy:Pass:0"] = "/v1/models",
            ["BlockLog:Path"] = Path.Combine(data, "block-log.db"),
            ["Admin:Path"] = Path.Combine(data, "review.db"),
            ["Logs:Path"] = Path.Combine(data, "edgefilter-.jsonl"),
        })
        .AddInMemoryCollection(Families.SelectMany(family => new KeyValuePair<string, string?>[]
        {
            new($"Providers:{family}:Protocol", family),
            new($"Providers:{family}:BaseAddress", provider),
            new($"Providers:{family}:Region", "eu"),
        }))
        .Build();
}
