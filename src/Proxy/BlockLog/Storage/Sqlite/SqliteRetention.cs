using Microsoft.Data.Sqlite;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Removes old records in whole index blocks, and signs where the log begins afterwards: what verification starts from.</summary>
internal sealed class SqliteRetention(SqliteConnection connection, CheckpointSigner signer, Guid logId, TimeProvider time)
{
    /// <summary>
    /// Removes the leading block if it holds nothing younger than <paramref name="before"/> or the file's content is larger than
    /// <paramref name="maxBytes"/>: one at a time, so that no record waits long.
    /// </summary>
    public long Trim(DateTimeOffset? before, long? maxBytes, long lastSequence)
    {
        if (BlockToGo(before ?? DateTimeOffset.MinValue, maxBytes) is not { } block)
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
            Delete("DELETE FROM term_columns WHERE block <= $last", block);
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

    private long? BlockToGo(DateTimeOffset before, long? maxBytes)
    {
        using var command = connection.Prepared("SELECT block, max_time FROM blocks ORDER BY block LIMIT 1");
        using var reader = command.ExecuteReader();
        return reader.Read() && (reader.GetInt64(1) < before.ToUnixTimeMilliseconds() || UsedBytes() > maxBytes) ? reader.GetInt64(0) : null;
    }

    // Pages that earlier cuts freed are in the file and will be used again: they don't count.
    private long UsedBytes()
    {
        using var command = connection.Prepared(
            "SELECT (p.page_count - f.freelist_count) * s.page_size FROM pragma_page_count p, pragma_freelist_count f, pragma_page_size s");
        return (long)command.ExecuteScalar()!;
    }

    private int Delete(string sql, long last)
    {
        using var command = connection.Prepared(sql, "$last");
        return command.With(last).ExecuteNonQuery();
    }
}
