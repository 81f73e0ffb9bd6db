using System.Text;
using System.Text.Json.Nodes;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>Law 3: nothing that is inspected, and no key, is found anywhere that people or programs read diagnostics.</summary>
public sealed class CanaryTests
{
    [Fact]
    public async Task P1_P4_EverythingWritten_AfterEveryKindOfExchange_HoldsNoContent()
    {
        await using var provider = await SimulatedProvider.StartAsync();
        await using var collector = await TelemetryCollector.StartAsync();
        await using var proxy = await ProxyProcess.StartAsync(new ProxySetup
        {
            ProviderUrl = provider.Url,
            Configure = configuration =>
            {
                configuration["Telemetry"] = new JsonObject { ["Otlp"] = collector.Url };
                configuration["BlockLog"]!["Ship"] = new JsonArray(new JsonObject { ["To"] = "otlp+" + collector.Url });
            },
        });
        var canaries = new List<string>();

        await SendAllAsync(proxy, canaries);

        var written = new Dictionary<string, string> { ["output"] = proxy.Output, ["metrics"] = await MetricsAsync(proxy) };

        // An orderly end sends what metrics and traces there are still.
        await proxy.StopAsync();
        foreach (var path in new[] { "/v1/metrics", "/v1/traces", "/v1/logs" })
        {
            written[path] = collector.Taken(path);
            Assert.True(written[path].Length > 0, $"Nothing came to {path}.");
        }

        Assert.Contains("edgefilter_decisions_total", written["metrics"], StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(proxy.Folder, "*", SearchOption.AllDirectories))
        {
            written[Path.GetRelativePath(proxy.Folder, file)] = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
        }

        written["output at the end"] = proxy.Output;
        Assert.True(written.Count > 5, "The database and the policies are expected among the files.");
        Assert.True(canaries.Count > 20, "Every exchange carries several.");
        foreach (var (place, text) in written)
        {
            Assert.All(canaries, canary => Assert.False(text.Contains(canary, StringComparison.OrdinalIgnoreCase), $"{canary} is in {place}."));
        }
    }

    private static async Task SendAllAsync(ProxyProcess proxy, List<string> canaries)
    {
        using var client = new WireClient(proxy.Url);
        var number = 0;
        string[] prompts =
        [
            "echo {0} hello",
            "echo {0} " + SyntheticValues.EmailAddress,
            "{0} my NIF is " + SyntheticValues.SpanishNif,
            "{0} my card is " + SyntheticValues.PaymentCard,
            "leak {0}",
            "error 500 {0}",
            "error 400 {0} " + SyntheticValues.EmailAddress,
            "tool call {0} {{\"a\":\"{0}\"}}",
            "echo {0} [drop after 1] [chunks of 1]",
            "echo {0} [garbage after 1] [chunks of 1]",
            "echo {0} [unknown after 1] [chunks of 1]",
        ];
        canaries.AddRange([SyntheticValues.EmailAddress, SyntheticValues.SpanishNif, SyntheticValues.PaymentCard, SyntheticValues.Iban, SyntheticValues.ApiKey]);
        foreach (var path in new[] { WireClient.Chat, WireClient.Messages, "/openai/v1/unheard-of", "/nobody/at/all" })
        {
            foreach (var prompt in prompts)
            {
                foreach (var stream in new[] { false, true })
                {
                    await SendAsync(path, WireClient.Prompt(string.Format(System.Globalization.CultureInfo.InvariantCulture, prompt, Next("prompt")), stream));
                }
            }

            await SendAsync(path, "{\"messages\":\"" + Next("broken"));
            await SendAsync(path, $$"""{"model":"m","{{Next("field")}}":"{{Next("value")}}","messages":[{"role":"{{Next("role")}}","content":"{{Next("content")}}"}]}""");
        }

        // What a client calls the model is on record, unless a rule finds something in it.
        foreach (var model in new[] { SyntheticValues.SpanishNif, SyntheticValues.Iban })
        {
            await SendAsync(WireClient.Chat, $$"""{"model":"{{model}}","messages":[{"role":"user","content":"{{Next("content")}} {{SyntheticValues.SpanishNif}}"}]}""");
        }

        string Next(string kind)
        {
            canaries.Add($"canary{kind}{++number}zq");
            return canaries[^1];
        }

        async Task SendAsync(string path, string body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(proxy.Url, $"{path}?q={Next("query")}"))
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            };
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Next("key"));
            request.Headers.TryAddWithoutValidation("x-api-key", Next("apikey"));
            request.Headers.TryAddWithoutValidation("X-Custom", Next("header"));
            request.Headers.TryAddWithoutValidation("User-Agent", Next("agent"));
            request.Headers.TryAddWithoutValidation("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            request.Headers.TryAddWithoutValidation("tracestate", "vendor=" + Next("state"));
            request.Headers.TryAddWithoutValidation("baggage", "user=" + Next("baggage"));
            request.Headers.TryAddWithoutValidation("Cookie", "session=" + Next("cookie"));
            await client.SendAsync(request);
        }
    }

    private static async Task<string> MetricsAsync(ProxyProcess proxy)
    {
        using var client = new HttpClient();
        var text = new StringBuilder();
        foreach (var path in new[] { "/", "/metrics", "/edgefilter/policies", "/edgefilter/health", "/edgefilter/metrics" })
        {
            using var answer = await client.GetAsync(new Uri(proxy.Admin, path));
            text.Append(await answer.Content.ReadAsStringAsync());
        }

        return text.ToString();
    }
}
