using System.Diagnostics;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>The demo does what it says on the terminal.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task Demo_PrintedCommands_ShowRedactionBlockAndStream()
    {
        await using var demo = await ProxyProcess.StartDemoAsync();
        Assert.True(await demo.SaysAsync("curl -sN"), demo.Output);
        var commands = demo.Output.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("curl ", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, commands.Count);

        var redacted = await RunAsync(commands[0]);
        var blocked = await RunAsync(commands[1]);
        var streamed = await RunAsync(commands[2]);

        Assert.Contains("\"chat.completion\"", redacted, StringComparison.Ordinal);
        Assert.DoesNotContain("12345678Z", redacted, StringComparison.Ordinal);
        Assert.DoesNotContain("@example", redacted, StringComparison.Ordinal);
        Assert.Contains("content_filter", blocked, StringComparison.Ordinal);
        Assert.Contains("This request tries to override", blocked, StringComparison.Ordinal);
        Assert.Contains("message_stop", streamed, StringComparison.Ordinal);
        Assert.All([SyntheticValues.PaymentCard, SyntheticValues.Iban, SyntheticValues.ApiKey],
            value => Assert.DoesNotContain(value, streamed, StringComparison.Ordinal));
        Assert.True(await demo.SaysAsync("block"), demo.Output);
    }

    private static async Task<string> RunAsync(string command)
    {
        var start = new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.True(process.ExitCode == 0, $"{command} ended with {process.ExitCode}");
        return output;
    }
}
