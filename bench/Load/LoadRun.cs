using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace EdgeFilter.Bench.Load;

/// <summary>Keeps a number of connections busy for a time.</summary>
internal static class LoadRun
{
    private static long number;

    /// <summary>Each connection sends its next request as soon as the answer to the last one is complete.</summary>
    public static async Task ForAsync(Target target, bool stream, int connections, TimeSpan duration, Measurement? into)
    {
        var url = new Uri(target.Url, "/v1/chat/completions");
        var requests = Traffic.Requests(url, stream);
        var endpoint = new IPEndPoint(IPAddress.Loopback, url.Port);
        var exchanges = new ConcurrentBag<(double, double)>();
        using var hurry = new CancellationTokenSource(duration + TimeSpan.FromSeconds(60));

        var cpu = target.CpuSeconds();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(n => Task.Run(() => RunOneAsync(n))));
        var seconds = clock.Elapsed.TotalSeconds;
        into?.Add(exchanges, seconds, target.CpuSeconds() - cpu, target.ResidentMiB());

        async Task RunOneAsync(int connectionNumber)
        {
            using var connection = new ClientConnection(endpoint, requests, connectionNumber, () => Interlocked.Increment(ref number));
            while (clock.Elapsed < duration)
            {
                exchanges.Add(await connection.ExchangeAsync(hurry.Token));
            }
        }
    }
}
