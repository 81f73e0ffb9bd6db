using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>When records were made: block by block from stored times, and from the block that isn't stored yet.</summary>
internal sealed class SqliteBlockTimes(SqliteConnection connection, SqliteIndexTail recent) : IDisposable
{
    private readonly SqliteCommand _blocks = connection.Prepared("SELECT block, min_time, max_time FROM blocks ORDER BY block");
    private readonly SqliteCommand _times = connection.Prepared("SELECT times FROM blocks WHERE block = $block", "$block");

    /// <summary>The earliest and latest time of each block's records, in Unix milliseconds; 0 stands for a place without a record.</summary>
    public SortedDictionary<long, (long Earliest, long Latest)> Ranges()
    {
        var ranges = new SortedDictionary<long, (long, long)>();
        using (var reader = _blocks.ExecuteReader())
        {
            while (reader.Read())
            {
                ranges[reader.GetInt64(0)] = (reader.GetInt64(1), reader.GetInt64(2));
            }
        }

        if (recent.Block.Count > 0)
        {
            // Still growing, and its empty places have no time: looked at record by record.
            ranges[recent.Block.Number] = (0, long.MaxValue);
        }

        return ranges;
    }

    /// <summary>Shows a block's times, in Unix milliseconds by place; 0 where there is no record.</summary>
    public void Read(long block, Action<ReadOnlySpan<long>> visit)
    {
        if (block == recent.Block.Number)
        {
            visit(recent.Block.Times);
            return;
        }

        using var reader = _times.With(block).ExecuteReader();
        if (reader.Read())
        {
            var times = MemoryMarshal.Cast<byte, long>(raw.sqlite3_column_blob(reader.Handle, 0));
            visit(times.Length > BlockBits.Size ? times[..BlockBits.Size] : times);
        }
    }

    /// <summary>The records between two times, in Unix milliseconds, of a set or of all.</summary>
    /// <param name="from">Not before; 1 or more.</param>
    /// <param name="to">Before.</param>
    /// <param name="within">Where only these are asked for: blocks without any of them aren't looked at.</param>
    public RecordSet Between(long from, long to, RecordSet? within)
    {
        var set = new RecordSet();
        foreach (var (block, (earliest, latest)) in Ranges())
        {
            if (latest < from || earliest >= to || (within is not null && !within.TryGet(block, out _)))
            {
                continue;
            }

            var bits = set.GetOrAdd(block);
            if (earliest >= from && latest < to)
            {
                Array.Fill(bits, ulong.MaxValue);
            }
            else
            {
                Read(block, times => Mark(times, from, to, bits));
            }
        }

        return within is null ? set : RecordSet.Intersection(set, within);
    }

    public void Dispose()
    {
        _blocks.Dispose();
        _times.Dispose();
    }

    private static void Mark(ReadOnlySpan<long> times, long from, long to, Span<ulong> bits)
    {
        // One comparison for both ends: what is too early wraps round to the largest numbers.
        var length = (ulong)Math.Max(0, to - from);
        for (var place = 0; place < times.Length; place++)
        {
            bits[place >> 6] |= ((ulong)(times[place] - from) < length ? 1UL : 0UL) << (place & 63);
        }
    }
}
