using System.Text;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Simulation;
using EdgeFilter.Testing;
using Microsoft.AspNetCore.Http;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>An orderly stop takes no new request, lets streams under way end, and signs the log's end.</summary>
public sealed class StopTests
{
    /// <summary>Longer than a stop takes that doesn't wait for anybody.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Stop_WhileAStreamIsUnderWay_LetsItEndAndSignsTheLog()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        await using var proxy = await ProxyProcess.StartAsync(new ProxySetup { ProviderUrl = upstream.Url });
        using var client = new WireClient(proxy.Url);
        await client.PostAsync(WireClient.Chat, WireClient.Prompt("echo " + SyntheticValues.SpanishNif));
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        upstream.Answer = async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await SayAsync(context, Chunk("One word, "));
            begun.SetResult();
            await end.Task;
            await SayAsync(context, Chunk("and another.") + "data: [DONE]\n\n");
        };
        var answer = client.PostAsync(WireClient.Chat, WireClient.Prompt("go on", stream: true));
        await begun.Task.WaitAsync(Eventually.Patience);

        var stopping = proxy.StopAsync();
        Assert.True(await Eventually.HoldsAsync(() => RefusesAsync(proxy.Url)), proxy.Output);
        await Task.Delay(Moment);
        end.SetResult();

        var text = (await answer).Text;
        Assert.Contains("another.", text, StringComparison.Ordinal);
        Assert.Contains("[DONE]", text, StringComparison.Ordinal);
        Assert.Equal(0, await stopping);
        var data = Path.Combine(proxy.Folder, "data");
        using var chain = new SqliteChainSource(Path.Combine(data, "block-log.db"));
        using var keys = CheckpointKeys.FromFolder(Path.Combine(data, "keys"));
        var report = new ChainVerifier(chain, keys).Verify(null, CancellationToken.None);
        Assert.True(report is { IsIntact: true, LastSequence: > 0 } && report.SignedUpTo == report.LastSequence, report.ToString());
    }

    private static string Chunk(string text) =>
        $"data: {{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{text}\"}},\"finish_reason\":null}}]}}\n\n";

    private static async Task SayAsync(HttpContext context, string text)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text));
        await context.Response.Body.FlushAsync();
    }

    private static async Task<bool> RefusesAsync(Uri proxy)
    {
        using var other = new WireClient(proxy);
        try
        {
            await other.GetAsync("/openai/v1/models");
            return false;
        }
        catch (HttpRequestException)
        {
            return true;
        }
    }
}
