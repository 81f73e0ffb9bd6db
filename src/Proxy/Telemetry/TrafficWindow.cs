using System.Numerics;

namespace EdgeFilter.Proxy.Telemetry;

/// <summary>
/// The traffic of the last day, minute by minute, in a few hundred kilobytes: for the console, which shows people what metrics show to
/// programs. It begins anew with the process.
/// </summary>
internal sealed class TrafficWindow(TimeProvider time, Func<string, bool> isLocal)
{
    private const int Minutes = 24 * 60;

    /// <summary>Latencies are told apart by powers of two of microseconds, four steps each: good to 19 percent.</summary>
    private const int Steps = 4;
    private const int Buckets = 32 * Steps;

    private readonly Lock _turn = new();
    private readonly Minute[] _minutes = [.. Enumerable.Range(0, Minutes).Select(_ => new Minute())];
    private readonly Dictionary<string, ClusterState> _clusters = new(StringComparer.Ordinal);
    private readonly DateTimeOffset _started = time.GetUtcNow();

    public void Add(in MeasuredRequest request)
    {
        var now = time.GetUtcNow();
        lock (_turn)
        {
            var minute = MinuteOf(now);
            minute.Requests++;
            if (request.Protocol.Length > 0)
            {
                minute.Latencies[BucketOf(request.Filter)]++;
            }

            if (request.Outcome is RequestOutcome.Forwarded or RequestOutcome.UpstreamFailed)
            {
                Count(request, minute, now);
            }
        }
    }

    /// <summary>What happened since a time, as far back as the window reaches.</summary>
    public TrafficFact Since(DateTimeOffset from)
    {
        var now = time.GetUtcNow();
        var first = Math.Max(NumberOf(from), NumberOf(now) - Minutes + 1);
        lock (_turn)
        {
            long requests = 0, answered = 0, local = 0;
            var latencies = new long[Buckets];
            foreach (var minute in _minutes.Where(minute => minute.Number >= first))
            {
                requests += minute.Requests;
                answered += minute.Answered;
                local += minute.Local;
                for (var i = 0; i < Buckets; i++)
                {
                    latencies[i] += minute.Latencies[i];
                }
            }

            return new TrafficFact(
                _started > from ? _started : from, requests, answered, local, Percentile(latencies, 0.5), Percentile(latencies, 0.95),
                [.. _clusters.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry =>
                    new ClusterFact(entry.Key, isLocal(entry.Key), entry.Value.Answered, entry.Value.Failed, entry.Value.LastAnswer, entry.Value.LastFailure))]);
        }
    }

    internal static int BucketOf(TimeSpan latency)
    {
        var microseconds = (ulong)Math.Max(1, latency.TotalMicroseconds);
        var power = BitOperations.Log2(microseconds);
        var step = (int)((microseconds * Steps >> power) - Steps);
        return Math.Min((power * Steps) + step, Buckets - 1);
    }

    // The upper end of the bucket: a percentile is never told too small.
    private static double? Percentile(long[] latencies, double share)
    {
        var rank = (long)Math.Ceiling(latencies.Sum() * share);
        for (var i = 0; i < Buckets && rank > 0; i++)
        {
            rank -= latencies[i];
            if (rank <= 0)
            {
                return Math.Pow(2, i / Steps) * (1 + ((i % Steps) + 1.0) / Steps);
            }
        }

        return null;
    }

    private void Count(in MeasuredRequest request, Minute minute, DateTimeOffset now)
    {
        if (!_clusters.TryGetValue(request.Cluster, out var cluster))
        {
            _clusters[request.Cluster] = cluster = new ClusterState();
        }

        if (request.Outcome == RequestOutcome.UpstreamFailed)
        {
            cluster.Failed++;
            cluster.LastFailure = now;
            return;
        }

        minute.Answered++;
        minute.Local += isLocal(request.Cluster) ? 1 : 0;
        cluster.Answered++;
        cluster.LastAnswer = now;
    }

    private Minute MinuteOf(DateTimeOffset now)
    {
        var number = NumberOf(now);
        var minute = _minutes[number % Minutes];
        if (minute.Number != number)
        {
            minute.Begin(number);
        }

        return minute;
    }

    private static long NumberOf(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / 60;

    private sealed class Minute
    {
        public long Number { get; private set; } = -1;

        public long Requests { get; set; }

        public long Answered { get; set; }

        public long Local { get; set; }

        public int[] Latencies { get; } = new int[Buckets];

        public void Begin(long number)
        {
            Number = number;
            (Requests, Answered, Local) = (0, 0, 0);
            Array.Clear(Latencies);
        }
    }

    private sealed class ClusterState
    {
        public long Answered { get; set; }

        public long Failed { get; set; }

        public DateTimeOffset? LastAnswer { get; set; }

        public DateTimeOffset? LastFailure { get; set; }
    }
}

/// <summary>The traffic of a stretch of time.</summary>
/// <param name="Since">From when; later than asked for where the proxy started later.</param>
/// <param name="Requests">All of them.</param>
/// <param name="Answered">Those that a provider answered.</param>
/// <param name="Local">Of these, those that a local one answered.</param>
/// <param name="MedianMicroseconds">Added by the filter to half of the exchanges at most; null without any.</param>
/// <param name="P95Microseconds">Added to 95 of 100 at most.</param>
/// <param name="Clusters">Since the proxy started.</param>
internal sealed record TrafficFact(
    DateTimeOffset Since, long Requests, long Answered, long Local, double? MedianMicroseconds, double? P95Microseconds, IReadOnlyList<ClusterFact> Clusters);

/// <summary>A cluster that requests went to.</summary>
internal sealed record ClusterFact(string Name, bool IsLocal, long Answered, long Failed, DateTimeOffset? LastAnswer, DateTimeOffset? LastFailure)
{
    /// <summary>False when what came last was a failure.</summary>
    public bool IsWell => LastFailure is null || LastAnswer > LastFailure;
}
