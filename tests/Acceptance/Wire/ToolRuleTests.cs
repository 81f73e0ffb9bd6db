using System.Text;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>A tool that a policy forbids is not called, whatever it is called with, in every protocol, whole and streamed.</summary>
public sealed class ToolRuleTests : IAsyncLifetime
{
    private SimulatedProvider provider = null!;
    private ProxyProcess proxy = null!;

    public async Task InitializeAsync()
    {
        provider = await SimulatedProvider.StartAsync();
        proxy = await ProxyProcess.StartAsync(new ProxySetup { ProviderUrl = provider.Url, PolicyFiles = [Repository.PathOf("tests", "Acceptance", "policies", "tools.yaml")] });
    }

    public async Task DisposeAsync()
    {
        await proxy.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Fact]
    public async Task ForbiddenTool_WithoutArguments_NeverReachesTheClient()
    {
        using var client = new WireClient(proxy.Url);
        var failures = new List<string>();
        foreach (var arguments in new[] { "{}", "{\"all\":true}" })
        {
            foreach (var (path, body) in Requests)
            {
                foreach (var (tool, passes) in new[] { ("delete_all", false), ("lookup", true) })
                {
                    var asked = body.Replace("PROMPT", $"tool call {tool} {arguments.Replace("\"", "\\\"", StringComparison.Ordinal)}", StringComparison.Ordinal);
                    var answer = await client.PostAsync(path, asked);
                    if (Encoding.UTF8.GetString(answer.Body).Contains($"\"{tool}\"", StringComparison.Ordinal) != passes)
                    {
                        failures.Add($"{path}: {tool} {arguments}");
                    }
                }
            }
        }

        Assert.Empty(failures);
    }

    [Theory]
    [InlineData("/openai/v1/chat/completions", """{"model":"m","messages":[{"role":"user","content":"hi"},{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"delete_all","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c","content":"ok"}]}""")]
    [InlineData("/anthropic/v1/messages", """{"model":"m","max_tokens":5,"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"delete_all","input":{}}]}]}""")]
    public async Task ForbiddenTool_InHistory_IsRefused(string path, string body)
    {
        using var client = new WireClient(proxy.Url);

        Assert.Equal(400, (await client.PostAsync(path, body)).Status);
    }

    private static (string Path, string Body)[] Requests
    {
        get
        {
            const string Messages = """{"model":"m","max_tokens":100,"messages":[{"role":"user","content":"PROMPT"}],"stream":STREAM}""";
            const string Gemini = """{"contents":[{"role":"user","parts":[{"text":"PROMPT"}]}]}""";
            const string Bedrock = """{"messages":[{"role":"user","content":[{"text":"PROMPT"}]}]}""";
            const string Anthropic = """{"anthropic_version":"bedrock-2023-05-31","max_tokens":9,"messages":[{"role":"user","content":"PROMPT"}]}""";
            string[] streamable = ["/openai/v1/chat/completions", "/anthropic/v1/messages", "/ollama/api/chat", "/cohere/v2/chat", "/mistral/v1/chat/completions"];
            return
            [
                .. streamable.SelectMany(path => new[] { "true", "false" }.Select(stream => (path, Messages.Replace("STREAM", stream, StringComparison.Ordinal)))),
                ("/gemini/v1beta/models/g:generateContent", Gemini), ("/gemini/v1beta/models/g:streamGenerateContent?alt=sse", Gemini),
                ("/gemini/v1beta/models/g:streamGenerateContent", Gemini),
                ("/bedrock/model/m/converse", Bedrock), ("/bedrock/model/m/converse-stream", Bedrock), ("/bedrock/model/anthropic.c/invoke", Anthropic),
            ];
        }
    }
}
