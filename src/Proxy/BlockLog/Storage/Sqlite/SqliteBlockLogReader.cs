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

    public IReadOnlyList<TermCount> Count(EventQuery query, TermField field, int top) =>
        InTransaction(() => MostFrequent(_index.Count(_index.Find(query), field), top));

    public FacetCounts Facets(EventQuery query, IReadOnlyList<TermField> fields, int top) => InTransaction(() =>
    {
        var (total, counts) = _index.Facets(query, fields);
        return new FacetCounts(total, counts.ToDictionary(field => field.Key, field => MostFrequent(field.Value, top)));
    });

    public IReadOnlyList<TimeBucket> Histogram(EventQuery query, DateTimeOffset from, DateTimeOffset to, int buckets) => InTransaction(() =>
    {
        var timeline = new Timeline(from, to, buckets);
        var found = _index.Find(query with { Since = from, Until = to });
        var byAction = _index.SplitBy(found, TermField.Action).ToArray();
        var ranges = _index.Times.Ranges();
        foreach (var (block, _) in found.Blocks)
        {
            // Most blocks lie within one stretch: then nobody needs to know when each of their records was made.
            var (earliest, latest) = ranges[block];
            if (timeline.BucketOf(earliest) is var bucket && bucket == timeline.BucketOf(latest))
            {
                foreach (var (action, records) in byAction)
                {
                    timeline.Add(bucket, action, records.TryGet(block, out var bits) ? BlockBits.Count(bits) : 0);
                }
            }
            else
            {
                _index.Times.Read(block, times =>
                {
                    foreach (var (action, records) in byAction)
                    {
                        timeline.Spread(records.TryGet(block, out var bits) ? bits : [], times, action);
                    }
                });
            }
        }

        return timeline.Buckets();
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

    private static IReadOnlyList<TermCount> MostFrequent(IEnumerable<TermCount> counts, int top) =>
        [.. counts.OrderByDescending(count => count.Count).ThenBy(count => count.Text, StringComparer.Ordinal).Take(top)];

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
