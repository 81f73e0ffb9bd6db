using System.Collections.Concurrent;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.NodeSdks;

/// <summary>Runs every scenario of a provider's SDK once, when the first test asks for one.</summary>
public sealed class ProviderSdkRuns : IAsyncLifetime
{
    public const string Greeting = "Guten Tag, <b>世界</b> & 😀 \"quoted\" \\ end";
    public const string Clean = $"echo {Greeting} [chunks of 2] [writes of 7]";
    public const string Address = $"echo Write to {SyntheticValues.EmailAddress} today. [chunks of 2]";
    public const string Card = $"echo {SyntheticValues.PaymentCard} is mine.";
    public const string BlockedPrompt = $"echo My NIF is {SyntheticValues.SpanishNif}.";
    public const string BlockedAnswer = "leak [chunks of 3]";
    public const string CleanCall = """tool call get_weather {"city":"Rome"} [chunks of 3] [whole calls]""";
    public const string Call = $$"""tool call get_weather {"city":"{{SyntheticValues.EmailAddress}}"} [chunks of 3] [whole calls]""";
    public const string RateLimit = "error 429 enough for today";

    private readonly NodeFixture node = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<Dictionary<(string, string), SdkOutcome>>>> bySdk = new();

    public Task InitializeAsync() => node.InitializeAsync();

    public Task DisposeAsync() => node.DisposeAsync();

    internal async Task<SdkOutcome> SeenAsync(ProxyFixture proxy, string sdk, string scenario, string prompt)
    {
        var seen = await bySdk.GetOrAdd(sdk, name => new(() => RunAsync(proxy, name))).Value;
        return seen[(scenario, prompt)];
    }

    private async Task<Dictionary<(string, string), SdkOutcome>> RunAsync(ProxyFixture proxy, string sdk)
    {
        (string, string)[] wanted = [.. Wanted(sdk)];
        var outcomes = await node.RunAllAsync(sdk, new Uri(proxy.Proxy.Url, "/" + sdk), wanted);
        return wanted.Zip(outcomes).ToDictionary(p => p.First, p => p.Second);
    }

    private static IEnumerable<(string Scenario, string Prompt)> Wanted(string sdk)
    {
        string[] asking = ["plain", "stream", .. sdk switch { "ollama" => ["generate"], "bedrock" => ["invoke", "invokeStream"], _ => Array.Empty<string>() }];
        foreach (var scenario in asking)
        {
            foreach (var prompt in new[] { Clean, Address, Card, BlockedPrompt, BlockedAnswer })
            {
                yield return (scenario, prompt);
            }
        }

        foreach (var scenario in new[] { "tool", "toolStream" })
        {
            yield return (scenario, CleanCall);
            yield return (scenario, Call);
        }

        yield return ("plain", RateLimit);
    }
}
