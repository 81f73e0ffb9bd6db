using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>The console of a real proxy shows what that proxy has in force, for whom, and what it would do.</summary>
public sealed partial class ConsoleTests
{
    private const string German = """
        policy: german
        version: 1.0.0
        extends: [part]
        applies-to: { regions: [DE] }
        rules:
          - { id: numbers, in: [prompt], find: { entities: [ES_NIF] }, then: block }
        """;

    private const string Part = """
        policy: part
        version: 1.0.0
        applies-to: when-extended
        rules:
          - { id: addresses, in: [prompt, output], find: { entities: [EMAIL_ADDRESS] }, then: redact }
        """;

    [Fact]
    public async Task Policies_OfARealProxy_AreShownByClientAndTried()
    {
        using var folder = new TemporaryFolder("edgefilter-console-");
        await File.WriteAllTextAsync(folder.PathOf("german.yaml"), German);
        await File.WriteAllTextAsync(folder.PathOf("part.yaml"), Part);
        await using var provider = await SimulatedProvider.StartAsync();
        await using var proxy = await ProxyProcess.StartAsync(new ProxySetup
        {
            ProviderUrl = provider.Url,
            PolicyFiles = [Repository.PathOf("tests", "Acceptance", "policies", "acceptance.yaml"), folder.PathOf("german.yaml"), folder.PathOf("part.yaml")],
            Configure = configuration => configuration["Proxy"]!["Region"] = "DE",
        });
        using var console = await SignedInAsync(proxy);

        // 1. All that is in force, each with its own rules.
        var policies = (await console.GetFromJsonAsync<JsonNode>("/api/policies"))!["policies"]!.AsArray();
        Assert.Equal(["acceptance", "german", "part"], policies.Select(p => (string?)p!["name"]).Order());
        Assert.Equal("numbers", (string?)policies.Single(p => (string?)p!["name"] == "german")!["rules"]!.AsArray().Single()!["id"]);

        // 2. What applies to a client, and why.
        var there = (await console.GetFromJsonAsync<JsonNode>("/api/policies/effective?region=DE&tenant=acme"))!;
        Assert.Contains(there["policies"]!.AsArray(), p => (string?)p!["name"] == "part" && (string?)p["because"] == "extended by german");
        Assert.Contains(there["rules"]!.AsArray(), r => (string?)r!["policy"] == "german" && (string?)r["at"] == "german.yaml:6" && (string?)r["rule"]!["action"] == "block");
        var elsewhere = (await console.GetFromJsonAsync<JsonNode>("/api/policies/effective?region=US"))!;
        Assert.DoesNotContain(elsewhere["policies"]!.AsArray(), p => (string?)p!["name"] is "german" or "part");
        using var nowhere = await console.GetAsync(new Uri("/api/policies/effective?region=nowhere", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, nowhere.StatusCode);

        // 3. A text is tried as a client would send it that the configuration doesn't describe.
        var tried = await TryAsync(console, new { text = "echo " + SyntheticValues.EmailAddress });
        Assert.Equal(("redact", "DE"), ((string?)tried["action"], (string?)tried["region"]));
        Assert.Contains("german", tried["policies"]!.AsArray().Select(p => (string?)p));
        Assert.Equal("allow", (string?)(await TryAsync(console, new { text = "echo " + SyntheticValues.EmailAddress, region = "US" }))["action"]);
        Assert.NotEmpty((await TryAsync(console, new { text = "hello", region = "nowhere" }))["problems"]!.AsArray());

        // 4. And the pages that everybody opens first.
        foreach (var page in new[] { "/api/overview", "/api/health", "/api/policies/candidate", "/api/policies/versions" })
        {
            using var answer = await console.GetAsync(new Uri(page, UriKind.Relative));
            Assert.True(answer.IsSuccessStatusCode, page);
        }
    }

    private static async Task<JsonNode> TryAsync(HttpClient console, object request)
    {
        using var answer = await console.PostAsJsonAsync("/api/try", request);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static async Task<HttpClient> SignedInAsync(ProxyProcess proxy)
    {
        Assert.True(await proxy.SaysAsync("#/setup/"), proxy.Output);
        var token = SetupToken().Match(proxy.Output).Groups["token"].Value;
        var console = new HttpClient { BaseAddress = proxy.Admin };
        console.DefaultRequestHeaders.Add("X-CSRF-Token", "signed-out");
        using var answer = await console.PostAsJsonAsync("/api/setup", new { token, name = "admin", password = "correct horse battery staple" });
        answer.EnsureSuccessStatusCode();
        console.DefaultRequestHeaders.Remove("X-CSRF-Token");
        console.DefaultRequestHeaders.Add("X-CSRF-Token", (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["csrfToken"]);
        return console;
    }

    [GeneratedRegex("#/setup/(?<token>[A-Za-z0-9_-]+)")]
    private static partial Regex SetupToken();
}
