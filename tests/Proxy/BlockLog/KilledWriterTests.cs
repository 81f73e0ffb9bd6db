using System.Diagnostics;
using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Tests.BlockLog;

/// <summary>Law 9: what was acknowledged is there, whatever happens to the process.</summary>
public class KilledWriterTests
{
    [Fact]
    public async Task Append_ProcessKilledAgainAndAgain_LosesNoAcknowledgedRecord()
    {
        using var folder = new LogFolder();
        var acknowledged = new List<string>();
        for (var round = 0; round < 8; round++)
        {
            acknowledged.AddRange(await AppendUntilKilled(folder.Path, 150 + (round * 40)));
        }

        var kept = folder.Bodies().Select(body => RecordJson.Parse(System.Text.Encoding.UTF8.GetBytes(body))!.Id.ToString("N")).ToHashSet();

        Assert.True(acknowledged.Count > 1_000, $"only {acknowledged.Count} records were written");
        Assert.DoesNotContain(acknowledged, id => !kept.Contains(id));
    }

    private static async Task<List<string>> AppendUntilKilled(string folder, int lifetime)
    {
        using var child = Process.Start(new ProcessStartInfo
        {
            FileName = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            ArgumentList = { typeof(Program).Assembly.Location, Program.Verb, folder },
            RedirectStandardOutput = true,
        })!;

        // Its life is counted in records that it acknowledged: how long they take is the machine's affair.
        var ids = new List<string>();
        while (ids.Count < lifetime && await child.StandardOutput.ReadLineAsync() is { } line)
        {
            ids.Add(line);
        }

        child.Kill();
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            ids.Add(line);
        }

        await child.WaitForExitAsync();

        // The last line may be torn; what it says was acknowledged all the same.
        return [.. ids.Where(id => id.Length == 32)];
    }
}
