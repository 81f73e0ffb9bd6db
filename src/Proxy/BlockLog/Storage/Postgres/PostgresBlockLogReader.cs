using Npgsql;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Reads a PostgreSQL log; each query takes a connection of the pool.</summary>
internal sealed class PostgresBlockLogReader : IBlockLogReader
{
    private readonly NpgsqlDataSource _source;

    /// <exception cref="NpgsqlException">There is no log that can be read.</exception>
    /// <exception cref="NewerSchemaException">A newer version of the proxy wrote it.</exception>
    public PostgresBlockLogReader(string connectionString) => _source = NpgsqlDataSource.Create(connectionString);

    public LogSummary Summary()
    {
        using var connection = _source.OpenConnection();
        using var command = connection.Prepared(
            "SELECT count(*), coalesce(min(seq), 0), coalesce(max(seq), 0), pg_total_relation_size('edgefilter_records') " +
            "FROM edgefilter_records WHERE body IS NOT NULL");
        using var reader = command.ExecuteReader();
        reader.Read();
        var (count, first, last, bytes) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
        reader.Close();
        return new LogSummary(count, first, last, TimeOf(connection, first), TimeOf(connection, last), bytes);
    }

    public EventPage Search(EventQuery query, long? before, int limit)
    {
        using var connection = _source.OpenConnection();
        var all = new PostgresCondition(query);
        using var count = connection.Prepared($"SELECT count(*) FROM edgefilter_records WHERE {all.Sql}", all.Values);
        var total = (long)count.ExecuteScalar()!;

        var page = new PostgresCondition(query);
        if (before is { } cursor)
        {
            page.And($"seq < {page.Parameter(cursor)}");
        }

        var records = Read(connection, page, "DESC", limit + 1);
        var hasMore = records.Count > limit;
        return new EventPage(
            hasMore ? records[..limit] : records, total, hasMore ? records[limit - 1].Sequence : null);
    }

    public IReadOnlyList<TermCount> Count(EventQuery query, TermField field, int top)
    {
        using var connection = _source.OpenConnection();
        var condition = new PostgresCondition(query);
        var prefix = PostgresTerms.Prefix(field);
        var sql =
            $"SELECT substr(term, {condition.Parameter(prefix.Length + 1)}), count(*) FROM edgefilter_records CROSS JOIN unnest(terms) AS term " +
            $"WHERE {condition.Sql} AND starts_with(term, {condition.Parameter(prefix)}) " +
            $"GROUP BY term ORDER BY count(*) DESC, term COLLATE \"C\" LIMIT {condition.Parameter(top)}";
        using var command = connection.Prepared(sql, condition.Values);
        using var reader = command.ExecuteReader();
        var counts = new List<TermCount>();
        while (reader.Read())
        {
            counts.Add(new TermCount(reader.GetString(0), reader.GetInt64(1)));
        }

        return counts;
    }

    public IReadOnlyList<TimeBucket> Histogram(EventQuery query, DateTimeOffset from, DateTimeOffset to, int buckets)
    {
        var start = from.ToUnixTimeMilliseconds();
        var length = Math.Max(1, (to.ToUnixTimeMilliseconds() - start + buckets - 1) / buckets);
        using var connection = _source.OpenConnection();
        var condition = new PostgresCondition(query with { Since = from, Until = to });
        var prefix = PostgresTerms.Prefix(TermField.Action);
        var sql =
            $"SELECT (floor(extract(epoch FROM time) * 1000)::bigint - {condition.Parameter(start)}) / {condition.Parameter(length)} AS bucket, " +
            $"substr(term, {condition.Parameter(prefix.Length + 1)}), count(*) FROM edgefilter_records CROSS JOIN unnest(terms) AS term " +
            $"WHERE {condition.Sql} AND starts_with(term, {condition.Parameter(prefix)}) GROUP BY bucket, term";
        using var command = connection.Prepared(sql, condition.Values);
        using var reader = command.ExecuteReader();
        var counts = Enumerable.Range(0, buckets).Select(_ => new Dictionary<string, long>(StringComparer.Ordinal)).ToArray();
        while (reader.Read())
        {
            if (reader.GetInt64(0) is >= 0 and var bucket && bucket < buckets)
            {
                counts[bucket][reader.GetString(1)] = reader.GetInt64(2);
            }
        }

        return [.. counts.Select((actions, i) => new TimeBucket(DateTimeOffset.FromUnixTimeMilliseconds(start + (i * length)), actions))];
    }

    public StoredRecord? Find(Guid id) =>
        Search(new EventQuery { Id = id }, before: null, limit: 1).Records is [var record] && record.Record.Id == id ? record : null;

    public IReadOnlyList<StoredRecord> ReadAfter(EventQuery query, long after, int limit)
    {
        using var connection = _source.OpenConnection();
        var condition = new PostgresCondition(query);
        condition.And($"seq > {condition.Parameter(after)}");
        return Read(connection, condition, "ASC", limit);
    }

    public void Dispose() => _source.Dispose();

    private static DateTimeOffset? TimeOf(NpgsqlConnection connection, long sequence)
    {
        using var command = connection.Prepared("SELECT time FROM edgefilter_records WHERE seq = $1", sequence);
        return command.ExecuteScalar() is DateTime time ? new DateTimeOffset(time, TimeSpan.Zero) : null;
    }

    private static List<StoredRecord> Read(NpgsqlConnection connection, PostgresCondition condition, string order, int limit)
    {
        var sql = $"SELECT seq, body FROM edgefilter_records WHERE {condition.Sql} ORDER BY seq {order} LIMIT {condition.Parameter(limit)}";
        using var command = connection.Prepared(sql, condition.Values);
        using var reader = command.ExecuteReader();
        var records = new List<StoredRecord>();
        while (reader.Read())
        {
            if (RecordJson.Parse(reader.GetFieldValue<byte[]>(1)) is { } record)
            {
                records.Add(new StoredRecord(reader.GetInt64(0), record));
            }
        }

        return records;
    }
}
