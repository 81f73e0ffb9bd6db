using Microsoft.Data.Sqlite;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>The chain of a SQLite log, as it was when this was opened.</summary>
internal sealed class SqliteChainSource : IChainSource
{
    private readonly SqliteConnection _connection;

    /// <exception cref="SqliteException">There is no log that can be read.</exception>
    /// <exception cref="InvalidDataException">The log has no id.</exception>
    public SqliteChainSource(string path)
    {
        _connection = SqliteFile.OpenForReading(path);
        try
        {
            // One state of the file, however much is written meanwhile.
            _connection.Run("BEGIN");
            LogId = Guid.TryParseExact(SqliteRecordStore.GetMeta(_connection, "log-id"), "N", out var id)
                ? id
                : throw new InvalidDataException("The block log's id can't be read.");
            Checkpoints = ReadCheckpoints(_connection, id);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public Guid LogId { get; }

    public IReadOnlyList<Checkpoint> Checkpoints { get; }

    public IEnumerable<ChainEntry> Entries()
    {
        using var command = _connection.Prepared("SELECT seq, link, body, digest FROM records ORDER BY seq");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return new ChainEntry(reader.GetInt64(0), Bytes(reader, 1) ?? [], Bytes(reader, 2), Bytes(reader, 3));
        }
    }

    public void Dispose() => _connection.Dispose();

    // Whoever altered the file may have changed a value's type too.
    private static byte[]? Bytes(SqliteDataReader reader, int column) => reader.GetValue(column) switch
    {
        byte[] bytes => bytes,
        string text => System.Text.Encoding.UTF8.GetBytes(text),
        _ => null,
    };

    private static List<Checkpoint> ReadCheckpoints(SqliteConnection connection, Guid logId)
    {
        using var command = connection.Prepared("SELECT seq, kind, time, link, key, signature FROM checkpoints ORDER BY seq, kind");
        using var reader = command.ExecuteReader();
        var checkpoints = new List<Checkpoint>();
        while (reader.Read())
        {
            checkpoints.Add(new Checkpoint
            {
                LogId = logId,
                Sequence = reader.GetInt64(0),
                Kind = (CheckpointKind)reader.GetInt32(1),
                Time = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2)),
                Link = Padded(Bytes(reader, 3)),
                KeyId = reader.GetString(4),
                Signature = Bytes(reader, 5) ?? [],
            });
        }

        return checkpoints;
    }

    // A link of the wrong length can't match and must not throw either.
    private static byte[] Padded(byte[]? link) => link is { Length: RecordChain.LinkLength } ? link : new byte[RecordChain.LinkLength];
}
