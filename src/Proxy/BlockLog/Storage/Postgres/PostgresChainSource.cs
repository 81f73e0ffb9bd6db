using System.Data;
using Npgsql;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>The chain of a PostgreSQL log, as it was when this was opened.</summary>
internal sealed class PostgresChainSource : IChainSource
{
    private readonly NpgsqlConnection _connection;

    /// <exception cref="NpgsqlException">There is no log that can be read.</exception>
    /// <exception cref="InvalidDataException">The log has no id.</exception>
    public PostgresChainSource(string connectionString)
    {
        _connection = new NpgsqlConnection(connectionString);
        try
        {
            _connection.Open();

            // One state of the tables, however much is written meanwhile; ends with the connection.
            _ = _connection.BeginTransaction(IsolationLevel.RepeatableRead);
            LogId = Guid.TryParseExact(_connection.GetMeta("log-id"), "N", out var id)
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
        using var command = _connection.Prepared("SELECT seq, link, body, digest FROM edgefilter_records ORDER BY seq");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return new ChainEntry(
                reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetValue(2) as byte[], reader.GetValue(3) as byte[]);
        }
    }

    public void Dispose() => _connection.Dispose();

    private static List<Checkpoint> ReadCheckpoints(NpgsqlConnection connection, Guid logId)
    {
        using var command = connection.Prepared(
            "SELECT seq, kind, time, link, key, signature FROM edgefilter_checkpoints ORDER BY seq, kind");
        using var reader = command.ExecuteReader();
        var checkpoints = new List<Checkpoint>();
        while (reader.Read())
        {
            var link = reader.GetFieldValue<byte[]>(3);
            checkpoints.Add(new Checkpoint
            {
                LogId = logId,
                Sequence = reader.GetInt64(0),
                Kind = (CheckpointKind)reader.GetInt16(1),
                Time = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2)),
                Link = link.Length == RecordChain.LinkLength ? link : new byte[RecordChain.LinkLength],
                KeyId = reader.GetString(4),
                Signature = reader.GetFieldValue<byte[]>(5),
            });
        }

        return checkpoints;
    }
}
