using System.Numerics;
using System.Runtime.InteropServices;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Counts records by action in stretches of equal length between two times.</summary>
internal sealed class Timeline
{
    private readonly long _start;
    private readonly long _length;
    private readonly Dictionary<string, long>[] _counts;

    public Timeline(DateTimeOffset from, DateTimeOffset to, int buckets)
    {
        _start = from.ToUnixTimeMilliseconds();
        _length = LengthOf(from, to, buckets);
        _counts = [.. Enumerable.Range(0, buckets).Select(_ => new Dictionary<string, long>(StringComparer.Ordinal))];
    }

    /// <summary>How long a stretch is, in milliseconds.</summary>
    public static long LengthOf(DateTimeOffset from, DateTimeOffset to, int buckets) =>
        Math.Max(1, (to.ToUnixTimeMilliseconds() - from.ToUnixTimeMilliseconds() + buckets - 1) / buckets);

    /// <summary>The stretch of a time in Unix milliseconds; one before the first or behind the last where it is in none.</summary>
    public int BucketOf(long time) => time < _start ? -1 : (int)Math.Min((time - _start) / _length, _counts.Length);

    public void Add(long bucket, string action, long count)
    {
        if (bucket >= 0 && bucket < _counts.Length && count > 0)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_counts[bucket], action, out _) += count;
        }
    }

    /// <summary>Counts each record of a block where its own time falls.</summary>
    public void Spread(ReadOnlySpan<ulong> bits, ReadOnlySpan<long> times, string action)
    {
        Span<int> counts = stackalloc int[_counts.Length];
        var (bucket, start) = (0, _start);
        for (var word = 0; word < bits.Length; word++)
        {
            for (var rest = bits[word]; rest != 0; rest &= rest - 1)
            {
                // Nearly always the stretch of the record before: no division then.
                var time = times[(word * 64) + BitOperations.TrailingZeroCount(rest)];
                if ((ulong)(time - start) >= (ulong)_length)
                {
                    bucket = BucketOf(time);
                    start = _start + (bucket * _length);
                }

                if ((uint)bucket < (uint)counts.Length)
                {
                    counts[bucket]++;
                }
            }
        }

        for (var i = 0; i < counts.Length; i++)
        {
            Add(i, action, counts[i]);
        }
    }

    public IReadOnlyList<TimeBucket> Buckets() =>
        [.. _counts.Select((actions, i) => new TimeBucket(DateTimeOffset.FromUnixTimeMilliseconds(_start + (i * _length)), actions))];
}
