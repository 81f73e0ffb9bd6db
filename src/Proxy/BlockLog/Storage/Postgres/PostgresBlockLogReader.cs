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
        var total = CountAll(connection, query);
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
        return Count(connection, query, [field], top)[field];
    }

    public FacetCounts Facets(EventQuery query, IReadOnlyList<TermField> fields, int top)
    {
        using var connection = _source.OpenConnection();
        var filtered = fields.Where(field => query.Terms.Any(filter => filter.Field == field)).ToArray();
        var counts = Count(connection, query, [.. fields.Except(filtered)], top);
        foreach (var field in filtered)
        {
            var others = query with { Terms = [.. query.Terms.Where(filter => filter.Field != field)] };
            counts[field] = Count(connection, others, [field], top)[field];
        }

        return new FacetCounts(CountAll(connection, query), counts);
    }

    public IReadOnlyList<TimeBucket> Histogram(EventQuery query, DateTimeOffset from, DateTimeOffset to, int buckets)
    {
        using var connection = _source.OpenConnection();
        var condition = new PostgresCondition(query with { Since = from, Until = to });
        var prefix = PostgresTerms.Prefix(TermField.Action);
        var start = condition.Parameter(from.ToUnixTimeMilliseconds());
        var length = condition.Parameter(Timeline.LengthOf(from, to, buckets));
        var sql =
            $"SELECT (floor(extract(epoch FROM time) * 1000)::bigint - {start}) / {length} AS bucket, " +
            $"substr(term, {condition.Parameter(prefix.Length + 1)}), count(*) FROM edgefilter_records CROSS JOIN unnest(terms) AS term " +
            $"WHERE {condition.Sql} AND starts_with(term, {condition.Parameter(prefix)}) GROUP BY bucket, term";
        using var command = connection.Prepared(sql, condition.Values);
        using var reader = command.ExecuteReader();
        var timeline = new Timeline(from, to, buckets);
        while (reader.Read())
        {
            timeline.Add(reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2));
        }

        return timeline.Buckets();
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

    private static long CountAll(NpgsqlConnection connection, EventQuery query)
    {
        var condition = new PostgresCondition(query);
        using var command = connection.Prepared($"SELECT count(*) FROM edgefilter_records WHERE {condition.Sql}", condition.Values);
        return (long)command.ExecuteScalar()!;
    }

    // One walk over the records for all fields.
    private static Dictionary<TermField, IReadOnlyList<TermCount>> Count(
        NpgsqlConnection connection, EventQuery query, IReadOnlyList<TermField> fields, int top)
    {
        var condition = new PostgresCondition(query);
        var prefixes = condition.Parameter(fields.Select(PostgresTerms.Prefix).ToArray());
        var sql =
            "SELECT field, text, count FROM (" +
            "SELECT split_part(term, '=', 1)::int AS field, substr(term, strpos(term, '=') + 1) AS text, count(*) AS count, row_number() OVER " +
            "(PARTITION BY split_part(term, '=', 1) ORDER BY count(*) DESC, term COLLATE \"C\") AS place " +
            "FROM edgefilter_records CROSS JOIN unnest(terms) AS term " +
            $"WHERE {condition.Sql} AND split_part(term, '=', 1) || '=' = ANY({prefixes}) GROUP BY term) AS counted " +
            $"WHERE place <= {condition.Parameter(top)} ORDER BY field, place";
        using var command = connection.Prepared(sql, condition.Values);
        using var reader = command.ExecuteReader();
        var counts = fields.ToDictionary(field => field, _ => new List<TermCount>());
        while (reader.Read())
        {
            counts[(TermField)reader.GetInt32(0)].Add(new TermCount(reader.GetString(1), reader.GetInt64(2)));
        }

        return counts.ToDictionary(field => field.Key, field => (IReadOnlyList<TermCount>)field.Value);
    }

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
