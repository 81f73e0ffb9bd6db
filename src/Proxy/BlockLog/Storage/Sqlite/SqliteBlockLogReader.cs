using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Reads a SQLite log with a connection of its own, in this process or another. One query at a time.</summary>
internal sealed class SqliteBlockLogReader : IBlockLogReader
{
    private readonly Lock _turn = new();
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly SqliteIndexReader _index;
    private readonly SqliteCommand _body;

    /// <exception cref="SqliteException">There is no log that can be read.</exception>
    /// <exception cref="NewerSchemaException">A newer version of the proxy wrote it.</exception>
    public SqliteBlockLogReader(string path)
    {
        _path = path;
        _connection = SqliteFile.OpenForReading(path);
        try
        {
            if (SqliteSchema.VersionOf(_connection) > SqliteSchema.CurrentVersion)
            {
                throw new NewerSchemaException();
            }

            _index = new SqliteIndexReader(_connection);
            _body = _connection.Prepared("SELECT body FROM records WHERE seq = $seq", "$seq");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public LogSummary Summary() => InTransaction(() =>
    {
        var everything = _index.Find(EventQuery.Everything);
        var first = everything.Ascending(0).FirstOrDefault();
        var last = everything.Descending(long.MaxValue).FirstOrDefault();
        var bytes = new[] { _path, _path + "-wal" }.Where(File.Exists).Sum(file => new FileInfo(file).Length);
        return new LogSummary(everything.Count, first, last, Read(first)?.Record.Time, Read(last)?.Record.Time, bytes);
    });

    public EventPage Search(EventQuery query, long? before, int limit) => InTransaction(() =>
    {
        var found = _index.Find(query);
        var records = new List<StoredRecord>(limit);
        foreach (var sequence in found.Descending(before ?? long.MaxValue))
        {
            if (records.Count == limit)
            {
                return new EventPage(records, found.Count, records[^1].Sequence);
            }

            if (Read(sequence) is { } record)
            {
                records.Add(record);
            }
        }

        return new EventPage(records, found.Count, null);
    });

    public IReadOnlyList<TermCount> Count(EventQuery query, TermField field, int top) => InTransaction<IReadOnlyList<TermCount>>(() =>
        [.. _index.Count(_index.Find(query), field)
            .OrderByDescending(count => count.Count).ThenBy(count => count.Text, StringComparer.Ordinal).Take(top)]);

    public IReadOnlyList<TimeBucket> Histogram(EventQuery query, DateTimeOffset from, DateTimeOffset to, int buckets) => InTransaction(() =>
    {
        var start = from.ToUnixTimeMilliseconds();
        var length = Math.Max(1, (to.ToUnixTimeMilliseconds() - start + buckets - 1) / buckets);
        var counts = new Dictionary<string, long>[buckets];
        var found = _index.Find(query with { Since = from, Until = to });
        var ranges = _index.TimeRanges();
        var times = new Dictionary<long, long[]>();
        foreach (var (id, term) in _index.TermsOf(TermField.Action))
        {
            _index.ForEachShared(found, id, (block, bits) =>
            {
                // Most blocks lie within one stretch: then nobody needs to know when each of their records was made.
                if (ranges.TryGetValue(block, out var range) && BucketOf(range.Earliest) is var bucket && bucket == BucketOf(range.Latest))
                {
                    Add(bucket, term.Text, BlockBits.Count(bits));
                    return;
                }

                if (!times.TryGetValue(block, out var made))
                {
                    times[block] = made = _index.TimesOf(block);
                }

                Spread(bits, made, term.Text);
            });
        }

        return (IReadOnlyList<TimeBucket>)[.. counts.Select((actions, i) =>
            new TimeBucket(DateTimeOffset.FromUnixTimeMilliseconds(start + (i * length)), actions ?? []))];

        int BucketOf(long made) => made < start ? -1 : (int)Math.Min((made - start) / length, buckets);

        void Add(int bucket, string action, int count)
        {
            if (bucket >= 0 && bucket < buckets && count > 0)
            {
                var actions = counts[bucket] ??= new Dictionary<string, long>(StringComparer.Ordinal);
                CollectionsMarshal.GetValueRefOrAddDefault(actions, action, out _) += count;
            }
        }

        void Spread(ReadOnlySpan<ulong> bits, long[] made, string action)
        {
            for (var word = 0; word < bits.Length; word++)
            {
                for (var rest = bits[word]; rest != 0; rest &= rest - 1)
                {
                    Add(BucketOf(made[(word * 64) + BitOperations.TrailingZeroCount(rest)]), action, 1);
                }
            }
        }
    });

    public StoredRecord? Find(Guid id) =>
        Search(new EventQuery { Id = id }, before: null, limit: 1).Records is [var record] && record.Record.Id == id ? record : null;

    public IReadOnlyList<StoredRecord> ReadAfter(EventQuery query, long after, int limit) => InTransaction<IReadOnlyList<StoredRecord>>(() =>
        [.. _index.Find(query).Ascending(after).Select(Read).OfType<StoredRecord>().Take(limit)]);

    public void Dispose()
    {
        _body.Dispose();
        _index.Dispose();
        _connection.Dispose();
    }

    // One state of the file for the whole query, however much is written meanwhile.
    private T InTransaction<T>(Func<T> query)
    {
        lock (_turn)
        {
            _connection.Run("BEGIN");
            try
            {
                _index.Refresh();
                return query();
            }
            finally
            {
                _connection.Run("ROLLBACK");
            }
        }
    }

    private StoredRecord? Read(long sequence) =>
        _body.With(sequence).ExecuteScalar() is byte[] body && RecordJson.Parse(body) is { } record ? new StoredRecord(sequence, record) : null;
}
