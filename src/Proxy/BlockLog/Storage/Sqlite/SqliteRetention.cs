using Microsoft.Data.Sqlite;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Removes old records in whole index blocks, and signs where the log begins afterwards: what verification starts from.</summary>
internal sealed class SqliteRetention(SqliteConnection connection, CheckpointSigner signer, Guid logId, TimeProvider time)
{
    /// <summary>Removes the leading block if it holds nothing younger than <paramref name="before"/>: one at a time, so that no record waits long.</summary>
    public long Trim(DateTimeOffset before, long lastSequence)
    {
        if (BlockToGo(before) is not { } block)
        {
            return 0;
        }

        var cut = Math.Min((block + 1) * BlockBits.Size, lastSequence);
        using var tip = connection.Prepared("SELECT link FROM records WHERE seq = $seq", "$seq");
        if (tip.With(cut).ExecuteScalar() is not byte[] link)
        {
            return 0;
        }

        connection.Run("BEGIN IMMEDIATE");
        try
        {
            SqliteRecordStore.Keep(connection, signer.Sign(CheckpointKind.Trimmed, logId, cut, time.GetUtcNow(), link));
            var removed = Delete("DELETE FROM records WHERE seq <= $last", cut);
            Delete("DELETE FROM checkpoints WHERE seq < $last", cut);
            Delete("DELETE FROM blocks WHERE block <= $last", block);
            Delete("DELETE FROM term_places WHERE block <= $last", block);
            Delete("DELETE FROM unique_places WHERE block <= $last", block);
            SqliteRecordStore.SetMeta(connection, SqliteErasure.Mark, Guid.NewGuid().ToString("N"));
            connection.Run("COMMIT");
            return removed;
        }
        catch
        {
            connection.Run("ROLLBACK");
            throw;
        }
    }

    private long? BlockToGo(DateTimeOffset before)
    {
        using var command = connection.Prepared("SELECT block, max_time FROM blocks ORDER BY block LIMIT 1");
        using var reader = command.ExecuteReader();
        return reader.Read() && reader.GetInt64(1) < before.ToUnixTimeMilliseconds() ? reader.GetInt64(0) : null;
    }

    private int Delete(string sql, long last)
    {
        using var command = connection.Prepared(sql, "$last");
        return command.With(last).ExecuteNonQuery();
    }
}
