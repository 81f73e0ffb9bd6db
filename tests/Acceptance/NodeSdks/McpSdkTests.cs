using System.Diagnostics;
using System.Text.Json.Nodes;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.NodeSdks;

/// <summary>The MCP SDK's client and server, with the proxy as the gate between them: answers as events and as JSON, both ways.</summary>
public sealed class McpSdkTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private const string Echo = """call {"name":"echo","arguments":{"text":"My card is 4111 1111 1111 1111, mail me@example.com"}}""";
    private const string Blocked = """call {"name":"echo","arguments":{"text":"My NIF is 12345678Z."}}""";
    private const string Account = """call {"name":"account"}""";
    private const string Delete = """call {"name":"delete_everything","arguments":{}}""";
    private const string Ask = """call {"name":"ask"}""";
    private const string Announce = """call {"name":"announce"}""";
    private const string Read = """read {"uri":"memo://note"}""";
    private const string Prompt = """prompt {"name":"greet","arguments":{"who":"Ana"}}""";

    [Fact]
    public async Task Session_EveryTextIsFiltered_AndForbiddenToolsAreNotCalled()
    {
        using var server = StartServer();
        var address = new Uri((await server.StandardOutput.ReadLineAsync())!);
        try
        {
            await using var proxy = await ProxyProcess.StartAsync(new ProxySetup
            {
                ProviderUrl = address.ToString(),
                PolicyFiles = [Repository.PathOf("tests", "Acceptance", "policies", "acceptance.yaml"), Repository.PathOf("tests", "Acceptance", "policies", "tools.yaml")],
                Configure = configuration => configuration["Providers"]!["tools"] = new JsonObject { ["Protocol"] = "mcp", ["BaseAddress"] = address.ToString() },
            });
            string[] asked = ["instructions", "list", Echo, Blocked, Account, Delete, Ask, Announce, Read, Prompt];
            string[] scenarios = ["events", "json"];

            var seen = await node.RunAllAsync("mcp", new Uri(proxy.Url, "/tools"), scenarios.SelectMany(s => asked.Where(a => s == "events" || a != Ask).Select(a => (s, a))));

            Check(seen.Take(asked.Length).ToArray(), asked);
            Check(seen.Skip(asked.Length).ToArray(), asked.Where(a => a != Ask).ToArray());
            using var client = new HttpClient();
            var received = await client.GetStringAsync(new Uri(address, "/received"));
            Assert.DoesNotContain("12345678Z", received, StringComparison.Ordinal);
            Assert.DoesNotContain("4111 1111", received, StringComparison.Ordinal);
            Assert.DoesNotContain("delete_everything", received, StringComparison.Ordinal);
            Assert.Contains("\"method\":\"DELETE\"", received, StringComparison.Ordinal);
            Assert.Contains("\"method\":\"GET\"", received, StringComparison.Ordinal);
        }
        finally
        {
            server.Kill();
        }
    }

    private static void Check(SdkOutcome[] seen, string[] asked)
    {
        Assert.All(seen, s => Assert.Null(s.Error));
        Assert.All(seen, s => Assert.DoesNotContain("@example.com", s.Text + s.Refusal, StringComparison.Ordinal));
        Assert.Contains("Ask [e-mail] for help", Of("instructions"), StringComparison.Ordinal);
        Assert.Contains("Owner: [e-mail]", Of("list"), StringComparison.Ordinal);
        Assert.Contains("mail [e-mail]", Of(Echo), StringComparison.Ordinal);
        Assert.Contains("1111", Of(Echo), StringComparison.Ordinal);
        Assert.Contains("Identity numbers may not be sent", Of(Blocked), StringComparison.Ordinal);
        Assert.Contains("\"isError\":true", Of(Blocked), StringComparison.Ordinal);
        Assert.Contains("Account numbers may not be shown", Of(Account), StringComparison.Ordinal);
        Assert.DoesNotContain("DE89", Of(Account), StringComparison.Ordinal);
        Assert.Contains("This tool may not be called", Of(Delete), StringComparison.Ordinal);
        Assert.Contains("Write to [e-mail].", Of(Read), StringComparison.Ordinal);
        Assert.Contains("Greet Ana at [e-mail]", Of(Prompt), StringComparison.Ordinal);
        if (asked.Contains(Ask))
        {
            Assert.Equal("Summarise for [e-mail]", seen[Array.IndexOf(asked, Ask)].Refusal);
            Assert.Contains("1111.", Of(Ask), StringComparison.Ordinal);
            Assert.Equal("news for [e-mail]", seen[Array.IndexOf(asked, Announce)].Refusal);
        }

        string Of(string what) => seen[Array.IndexOf(asked, what)].Text!;
    }

    private static Process StartServer() => Process.Start(new ProcessStartInfo("node", ["mcp-server.mjs"])
    {
        WorkingDirectory = Repository.PathOf("tests", "Acceptance", "node"), RedirectStandardOutput = true,
    })!;
}
