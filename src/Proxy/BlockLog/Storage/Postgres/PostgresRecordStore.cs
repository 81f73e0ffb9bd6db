using Npgsql;
using NpgsqlTypes;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>
/// The block log in PostgreSQL, shared by any number of proxies: one chain, which each group of records joins under a lock that
/// lasts as long as its transaction.
/// </summary>
internal sealed class PostgresRecordStore(string connectionString, Func<CheckpointSigner> loadSigner, int checkpointEvery, TimeProvider time)
    : IRecordStore
{
    private const int MaxKnownTerms = 200_000;

    /// <summary>Records that retention removes at a time: no record waits for more.</summary>
    private const long TrimStep = 20_000;

    private readonly HashSet<string> _knownTerms = new(StringComparer.Ordinal);
    private readonly List<Term> _terms = [];
    private readonly List<ulong> _unique = [];
    private CheckpointSigner? _signer;
    private NpgsqlConnection? _connection;
    private Guid _logId;

    public void Open()
    {
        _signer ??= loadSigner();
        var connection = new NpgsqlConnection(connectionString);
        _connection = connection;
        connection.Open();

        // Whatever the server's default: an acknowledged commit is on disk.
        connection.Run("SET synchronous_commit = on");
        PostgresSchema.Migrate(connection);
        ReadIdentity(connection);
        _knownTerms.Clear();
    }

    public void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }

    public void Append(IReadOnlyList<PendingRecord> batch, SpoolMark? spoolMark)
    {
        var connection = OpenConnection();
        using var transaction = BeginInChain(connection);
        var (sequence, link) = ReadTip(connection);
        var fresh = new HashSet<string>(StringComparer.Ordinal);
        using (var import = connection.BeginBinaryImport(
            "COPY edgefilter_records (seq, time, link, body, terms, uniques) FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var pending in batch)
            {
                sequence++;
                link = RecordChain.Next(link, sequence, RecordChain.Digest(pending.Body));
                import.StartRow();
                import.Write(sequence, NpgsqlDbType.Bigint);
                import.Write(pending.Record.Time.UtcDateTime, NpgsqlDbType.TimestampTz);
                import.Write(link, NpgsqlDbType.Bytea);
                import.Write(pending.Body, NpgsqlDbType.Bytea);
                import.Write(TermsOf(pending.Record, fresh), NpgsqlDbType.Array | NpgsqlDbType.Text);
                import.Write(UniquesOf(pending.Record), NpgsqlDbType.Array | NpgsqlDbType.Bigint);
            }

            import.Complete();
        }

        if (fresh.Count > 0)
        {
            // As one value: an array of texts would otherwise be taken for the list of values.
            object texts = fresh.ToArray();
            connection.Run("INSERT INTO edgefilter_terms (term) SELECT unnest($1) ON CONFLICT DO NOTHING", texts);
        }

        if (spoolMark is { } mark)
        {
            connection.SetMeta("spool", mark.ToString());
        }

        if (sequence - SignedUpTo(connection) >= checkpointEvery)
        {
            Keep(connection, CheckpointKind.Tip, sequence, link);
        }

        transaction.Commit();
        if (_knownTerms.Count < MaxKnownTerms)
        {
            _knownTerms.UnionWith(fresh);
        }
    }

    public SpoolMark? ReadSpoolMark() => SpoolMark.Parse(OpenConnection().GetMeta("spool"));

    public void Probe() =>
        OpenConnection().SetMeta("probed", time.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture));

    public void SignTip()
    {
        var connection = OpenConnection();
        using var transaction = BeginInChain(connection);
        var (sequence, link) = ReadTip(connection);
        if (sequence > SignedUpTo(connection))
        {
            Keep(connection, CheckpointKind.Tip, sequence, link);
        }

        transaction.Commit();
    }

    public long Trim(DateTimeOffset? before, long? maxBytes)
    {
        var connection = OpenConnection();
        using var transaction = BeginInChain(connection);
        var oldest = maxBytes is { } limit && UsedBytes(connection) > limit ? DateTimeOffset.MaxValue : before;
        if (oldest is not { } youngest)
        {
            return 0;
        }

        using var find = connection.Prepared(
            "SELECT least(coalesce((SELECT min(seq) FROM edgefilter_records WHERE time >= $1) - 1, max(seq)), min(seq) + $2) " +
            "FROM edgefilter_records",
            youngest.UtcDateTime, TrimStep - 1L);
        var cut = find.ExecuteScalar() as long? ?? 0;
        using var tip = connection.Prepared("SELECT link FROM edgefilter_records WHERE seq = $1", cut);
        if (tip.ExecuteScalar() is not byte[] link)
        {
            return 0;
        }

        Keep(connection, CheckpointKind.Trimmed, cut, link);
        using var delete = connection.Prepared("DELETE FROM edgefilter_records WHERE seq <= $1", cut);
        var removed = delete.ExecuteNonQuery();
        connection.Run("DELETE FROM edgefilter_checkpoints WHERE seq < $1", cut);
        transaction.Commit();
        return removed;
    }

    public IReadOnlyList<long> Older(string region, DateTimeOffset before, int limit)
    {
        using var reader = new PostgresBlockLogReader(connectionString);
        return [.. reader.ReadAfter(EventQuery.OfRegion(region, before), 0, limit).Select(stored => stored.Sequence)];
    }

    public int Erase(IReadOnlyList<long> sequences)
    {
        var connection = OpenConnection();
        using var transaction = BeginInChain(connection);
        using var update = connection.Prepared(
            "UPDATE edgefilter_records SET digest = sha256(body), body = NULL, terms = '{}', uniques = '{}' " +
            "WHERE seq = ANY($1) AND body IS NOT NULL RETURNING seq, link",
            sequences.ToArray());
        var erased = new List<(long Sequence, byte[] Link)>();
        using (var reader = update.ExecuteReader())
        {
            while (reader.Read())
            {
                erased.Add((reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
            }
        }

        foreach (var (sequence, link) in erased)
        {
            Keep(connection, CheckpointKind.Erased, sequence, link);
        }

        transaction.Commit();
        return erased.Count;
    }

    public BlockLogFault Classify(Exception problem) => PostgresFaults.Classify(problem);

    public void Dispose()
    {
        Close();
        _signer?.Dispose();
    }

    // Tables don't shrink when rows go: counted is what the rows hold, by the newest as a sample.
    private static long UsedBytes(NpgsqlConnection connection)
    {
        using var command = connection.Prepared(
            "SELECT coalesce((SELECT max(seq) - min(seq) + 1 FROM edgefilter_records) * " +
            "(SELECT avg(pg_column_size(r.*)) FROM (SELECT * FROM edgefilter_records ORDER BY seq DESC LIMIT 500) AS r), 0)::bigint");
        return (long)command.ExecuteScalar()!;
    }

    // Only one group at a time can be the chain's next.
    private static NpgsqlTransaction BeginInChain(NpgsqlConnection connection)
    {
        var transaction = connection.BeginTransaction();
        connection.Run("SELECT pg_advisory_xact_lock($1)", PostgresSchema.Lock);
        return transaction;
    }

    private static long SignedUpTo(NpgsqlConnection connection)
    {
        using var command = connection.Prepared("SELECT coalesce(max(seq), 0) FROM edgefilter_checkpoints WHERE kind <> 3");
        return (long)command.ExecuteScalar()!;
    }

    private NpgsqlConnection OpenConnection() => _connection ?? throw new InvalidOperationException("The store is not open.");

    private void Keep(NpgsqlConnection connection, CheckpointKind kind, long sequence, byte[] link)
    {
        var signed = _signer!.Sign(kind, _logId, sequence, time.GetUtcNow(), link);
        connection.Run(
            "INSERT INTO edgefilter_checkpoints (seq, kind, time, link, key, signature) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            sequence, (short)kind, signed.Time.ToUnixTimeMilliseconds(), link, signed.KeyId, signed.Signature);
    }

    private void ReadIdentity(NpgsqlConnection connection)
    {
        connection.Run(
            "INSERT INTO edgefilter_meta (key, value) VALUES ('log-id', $1) ON CONFLICT DO NOTHING", Guid.NewGuid().ToString("N"));
        if (!Guid.TryParseExact(connection.GetMeta("log-id"), "N", out var id))
        {
            throw new InvalidDataException("The block log's id can't be read.");
        }

        if (_logId != Guid.Empty && _logId != id)
        {
            throw new NpgsqlException("The block log was replaced by another one.");
        }

        _logId = id;
    }

    private (long Sequence, byte[] Link) ReadTip(NpgsqlConnection connection)
    {
        // A trimmed log may hold a checkpoint and no record; a cut one must not reuse its numbers.
        using var command = connection.Prepared(
            "SELECT seq, link FROM ((SELECT seq, link FROM edgefilter_records ORDER BY seq DESC LIMIT 1) UNION ALL " +
            "(SELECT seq, link FROM edgefilter_checkpoints ORDER BY seq DESC LIMIT 1)) AS ends ORDER BY seq DESC LIMIT 1");
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)) : (0, RecordChain.Genesis(_logId));
    }

    private string[] TermsOf(BlockRecord record, HashSet<string> fresh)
    {
        RecordTerms.Collect(record, _terms);
        var terms = new string[_terms.Count];
        for (var i = 0; i < terms.Length; i++)
        {
            terms[i] = PostgresTerms.Of(_terms[i]);
            if (!_knownTerms.Contains(terms[i]))
            {
                fresh.Add(terms[i]);
            }
        }

        return terms;
    }

    private long[] UniquesOf(BlockRecord record)
    {
        RecordTerms.CollectUnique(record, _unique);
        return [.. _unique.Select(hash => unchecked((long)hash))];
    }
}
