using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>What became of the blocks that clients saw.</summary>
/// <param name="Rounds">How often the proxy was killed.</param>
/// <param name="Seen">Blocks whose answer reached a client, or the part of it that names the request.</param>
/// <param name="Missing">Those that are not in the log.</param>
/// <param name="StopStatus">Exit status of the orderly stop at the end.</param>
/// <param name="Chain">What <c>log verify</c> found then.</param>
internal sealed record KillReport(int Rounds, int Seen, int Missing, int StopStatus, ChainReport Chain)
{
    public bool IsSound => Missing == 0 && StopStatus == 0 && Chain.Problem is ChainProblem.None;
}

/// <summary>
/// Law 9 under load: clients that are blocked all the time, a proxy that is killed at some moment and started again on the same log.
/// </summary>
internal static partial class KillRounds
{
    private const int Clients = 12;

    /// <summary>Kills a proxy so many times.</summary>
    /// <param name="provider">Address of a simulated provider.</param>
    /// <param name="rounds">How often.</param>
    /// <param name="progress">Told after each round how many blocks have been seen.</param>
    public static async Task<KillReport> RunAsync(string provider, int rounds, Action<(int Round, int Seen)> progress)
    {
        var seen = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var proxy = await ProxyProcess.StartAsync(new ProxySetup { ProviderUrl = provider });
        try
        {
            for (var round = 1; round <= rounds; round++)
            {
                using var stop = new CancellationTokenSource();
                var clients = Enumerable.Range(0, Clients).Select(n => SendAsync(proxy.Url, n, seen, stop.Token)).ToArray();

                // Once there is load, at a different moment each round: in the middle of commits, streams and whatever starts up.
                var before = seen.Count;
                for (var i = 0; i < 1_000 && seen.Count == before; i++)
                {
                    await Task.Delay(20, CancellationToken.None);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(20 + ((round * 137) % 900)), CancellationToken.None);
                proxy = await KillAsync(proxy, stop, clients);
                progress((round, seen.Count));
            }

            // An orderly end signs the chain's tip.
            var stopStatus = await proxy.StopAsync();
            return Check(proxy.Folder, rounds, seen.Keys, stopStatus);
        }
        finally
        {
            await proxy.DisposeAsync();
        }
    }

    private static async Task<ProxyProcess> KillAsync(ProxyProcess proxy, CancellationTokenSource stop, Task[] clients)
    {
        var restarted = proxy.KillAndRestartAsync();
        await stop.CancelAsync();
        await Task.WhenAll(clients);
        return await restarted;
    }

    private static async Task SendAsync(Uri proxy, int n, ConcurrentDictionary<string, bool> seen, CancellationToken stop)
    {
        using var client = new WireClient(proxy);
        var (path, prompt, stream) = (n % 4) switch
        {
            0 => (WireClient.Chat, "echo " + SyntheticValues.SpanishNif, false),
            1 => (WireClient.Messages, "echo " + SyntheticValues.SpanishNif, true),
            2 => (WireClient.Chat, "leak", true),
            _ => (WireClient.Messages, "leak", false),
        };
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var answer = await client.PostAsync(path, WireClient.Prompt(prompt, stream));
                if (Reference().Match(answer.Text) is { Success: true } reference)
                {
                    seen[reference.Value] = true;
                }
            }
            catch (HttpRequestException)
            {
                // Killed before it answered: the client saw nothing, and tries again until told to stop.
                await Task.Delay(10, CancellationToken.None);
            }
        }
    }

    private static KillReport Check(string folder, int rounds, ICollection<string> seen, int stopStatus)
    {
        var data = Path.Combine(folder, "data");
        using var log = new SqliteBlockLogReader(Path.Combine(data, "block-log.db"));
        var missing = seen.Count(id => !log.Search(new EventQuery { RequestId = id }, null, 10).Records
            .Any(stored => stored.Record.RequestId == id && stored.Record.Action == Policies.PolicyAction.Block));
        using var chain = new SqliteChainSource(Path.Combine(data, "block-log.db"));
        using var keys = CheckpointKeys.FromFolder(Path.Combine(data, "keys"));
        return new KillReport(rounds, seen.Count, missing, stopStatus, new ChainVerifier(chain, keys).Verify(null, CancellationToken.None));
    }

    [GeneratedRegex("req_[0-9a-f]{32}")]
    private static partial Regex Reference();
}
