using Microsoft.Data.Sqlite;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>The block log in one SQLite file.</summary>
internal sealed class SqliteRecordStore(string path, Func<CheckpointSigner> loadSigner, int checkpointEvery, TimeProvider time) : IRecordStore
{
    private CheckpointSigner? _signer;
    private SqliteConnection? _connection;
    private RecordInsert? _insert;
    private SqliteIndexWriter? _index;
    private Guid _logId;
    private long _sequence;
    private long _signedSequence;
    private string _erased = "";
    private byte[] _link = [];

    public void Open()
    {
        // A log that vanished while we ran isn't quietly begun anew: that would hide the loss.
        if (_logId != Guid.Empty && !File.Exists(path))
        {
            throw new FileNotFoundException("The block log is gone.");
        }

        _signer ??= loadSigner();
        var connection = SqliteFile.OpenForWriting(path);
        _connection = connection;
        SqliteSchema.Migrate(connection);
        ReadIdentity(connection);
        ReadEnd(connection);
        _insert = new RecordInsert(connection);
    }

    public void Close()
    {
        _insert?.Dispose();
        _index?.Dispose();
        _connection?.Dispose();
        _insert = null;
        _index = null;
        _connection = null;
    }

    public void Append(IReadOnlyList<PendingRecord> batch, SpoolMark? spoolMark)
    {
        var connection = OpenConnection();
        connection.Run("BEGIN IMMEDIATE");
        if (StateOf(connection) != (_sequence, _erased))
        {
            // Another process wrote too, and the chain goes on behind its records; or it erased some, which the index must forget.
            ReadEnd(connection);
        }

        var sequence = _sequence;
        var link = _link;
        foreach (var pending in batch)
        {
            sequence++;
            link = RecordChain.Next(link, sequence, RecordChain.Digest(pending.Body));
            _insert!.Run(sequence, link, pending.Body);
            _index!.Add(pending.Record);
        }

        if (spoolMark is { } mark)
        {
            SetMeta(connection, "spool", mark.ToString());
        }

        var signed = _signedSequence;
        if (sequence - signed >= checkpointEvery)
        {
            Keep(connection, _signer!.Sign(CheckpointKind.Tip, _logId, sequence, time.GetUtcNow(), link));
            signed = sequence;
        }

        connection.Run("COMMIT");

        // A file that was unlinked still takes writes, and loses them all.
        if (!File.Exists(path))
        {
            throw new FileNotFoundException("The block log is gone.");
        }

        _sequence = sequence;
        _link = link;
        _signedSequence = signed;
    }

    public SpoolMark? ReadSpoolMark() => SpoolMark.Parse(GetMeta(OpenConnection(), "spool"));

    public void Probe()
    {
        SetMeta(OpenConnection(), "probed", time.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        if (!File.Exists(path))
        {
            throw new FileNotFoundException("The block log is gone.");
        }
    }

    public void SignTip()
    {
        if (_sequence > _signedSequence)
        {
            Keep(OpenConnection(), _signer!.Sign(CheckpointKind.Tip, _logId, _sequence, time.GetUtcNow(), _link));
            _signedSequence = _sequence;
        }
    }

    public long Trim(DateTimeOffset? before, long? maxBytes) =>
        new SqliteRetention(OpenConnection(), _signer!, _logId, time).Trim(before, maxBytes, _sequence);

    public IReadOnlyList<long> Older(string region, DateTimeOffset before, int limit)
    {
        using var reader = new SqliteBlockLogReader(path);
        return [.. reader.ReadAfter(EventQuery.OfRegion(region, before), 0, limit).Select(stored => stored.Sequence)];
    }

    public int Erase(IReadOnlyList<long> sequences)
    {
        var connection = OpenConnection();
        var erased = new SqliteErasure(connection, _signer!, _logId, time).Erase(sequences);

        // The last block's index is in memory and still knows them.
        ReadEnd(connection);
        return erased;
    }

    public BlockLogFault Classify(Exception problem) => SqliteFaults.Classify(problem, path);

    public void Dispose()
    {
        Close();
        _signer?.Dispose();
    }

    internal static void Keep(SqliteConnection connection, Checkpoint checkpoint)
    {
        using var command = connection.Prepared(
            "INSERT OR REPLACE INTO checkpoints (seq, kind, time, link, key, signature) VALUES ($seq, $kind, $time, $link, $key, $signature)",
            "$seq", "$kind", "$time", "$link", "$key", "$signature");
        command.With(
            checkpoint.Sequence,
            (int)checkpoint.Kind,
            checkpoint.Time.ToUnixTimeMilliseconds(),
            checkpoint.Link,
            checkpoint.KeyId,
            checkpoint.Signature).ExecuteNonQuery();
    }

    internal static string? GetMeta(SqliteConnection connection, string key)
    {
        using var command = connection.Prepared("SELECT value FROM meta WHERE key = $key", "$key");
        return command.With(key).ExecuteScalar() as string;
    }

    internal static void SetMeta(SqliteConnection connection, string key, string value)
    {
        using var command = connection.Prepared("INSERT OR REPLACE INTO meta (key, value) VALUES ($key, $value)", "$key", "$value");
        command.With(key, value).ExecuteNonQuery();
    }

    private SqliteConnection OpenConnection() => _connection ?? throw new InvalidOperationException("The store is not open.");

    private void ReadIdentity(SqliteConnection connection)
    {
        if (_logId == Guid.Empty)
        {
            using var command = connection.Prepared("INSERT OR IGNORE INTO meta (key, value) VALUES ('log-id', $id)", "$id");
            command.With(Guid.NewGuid().ToString("N")).ExecuteNonQuery();
        }

        var stored = GetMeta(connection, "log-id");
        if (_logId != Guid.Empty && stored != _logId.ToString("N"))
        {
            throw new FileNotFoundException("The block log was replaced by another one.");
        }

        if (!Guid.TryParseExact(stored, "N", out var id))
        {
            throw new InvalidDataException("The block log's id can't be read.");
        }

        _logId = id;
    }

    private static (long Sequence, string Erased) StateOf(SqliteConnection connection)
    {
        using var command = connection.Prepared(
            "SELECT max(coalesce((SELECT max(seq) FROM records), 0), coalesce((SELECT max(seq) FROM checkpoints), 0)), " +
            "coalesce((SELECT value FROM meta WHERE key = $mark), '')",
            "$mark");
        using var reader = command.With(SqliteErasure.Mark).ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.GetString(1));
    }

    private void ReadEnd(SqliteConnection connection)
    {
        ReadTip(connection);
        _erased = StateOf(connection).Erased;
        _index?.Dispose();
        _index = new SqliteIndexWriter(connection);
        _index.Load(_sequence);
    }

    private void ReadTip(SqliteConnection connection)
    {
        _sequence = 0;
        _link = RecordChain.Genesis(_logId);
        using var command = connection.Prepared(
            "SELECT seq, link FROM (SELECT seq, link FROM records ORDER BY seq DESC LIMIT 1) " +
            "UNION ALL SELECT seq, link FROM (SELECT seq, link FROM checkpoints ORDER BY seq DESC LIMIT 1)");
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                // A trimmed log may hold a checkpoint and no record; a cut one must not reuse its numbers.
                if (reader.GetInt64(0) > _sequence)
                {
                    _sequence = reader.GetInt64(0);
                    _link = reader.GetFieldValue<byte[]>(1);
                }
            }
        }

        using var signed = connection.Prepared("SELECT coalesce(max(seq), 0) FROM checkpoints WHERE kind <> 3");
        _signedSequence = Math.Min(_sequence, (long)signed.ExecuteScalar()!);
    }
}
