using Microsoft.Data.Sqlite;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Erases records from a SQLite log: their bodies, and every row of the index that leads to them.</summary>
internal sealed class SqliteErasure(SqliteConnection connection, CheckpointSigner signer, Guid logId, TimeProvider time)
{
    /// <summary>Changes whenever something was erased, so that readers drop what they hold in memory.</summary>
    public const string Mark = "erased";

    public int Erase(IReadOnlyList<long> sequences)
    {
        // What is erased is overwritten in the file, not only unlinked.
        connection.Run("PRAGMA secure_delete = ON");
        connection.Run("BEGIN IMMEDIATE");
        try
        {
            var blocks = new SortedSet<long>();
            var erased = sequences.Count(sequence => EraseOne(sequence, blocks));
            foreach (var block in blocks.Where(IsStored).ToArray())
            {
                using var index = new SqliteIndexWriter(connection);
                index.Rebuild(block);
            }

            SqliteRecordStore.SetMeta(connection, Mark, Guid.NewGuid().ToString("N"));
            connection.Run("COMMIT");
            connection.Run("PRAGMA wal_checkpoint(TRUNCATE)");
            return erased;
        }
        catch
        {
            connection.Run("ROLLBACK");
            throw;
        }
    }

    private bool EraseOne(long sequence, SortedSet<long> blocks)
    {
        using var select = connection.Prepared("SELECT link, body FROM records WHERE seq = $seq AND body IS NOT NULL", "$seq");
        byte[] link, body;
        using (var reader = select.With(sequence).ExecuteReader())
        {
            if (!reader.Read())
            {
                return false;
            }

            (link, body) = (reader.GetFieldValue<byte[]>(0), reader.GetFieldValue<byte[]>(1));
        }

        using var update = connection.Prepared("UPDATE records SET body = NULL, digest = $digest WHERE seq = $seq", "$digest", "$seq");
        update.With(RecordChain.Digest(body), sequence).ExecuteNonQuery();
        SqliteRecordStore.Keep(connection, signer.Sign(CheckpointKind.Erased, logId, sequence, time.GetUtcNow(), link));
        blocks.Add(BlockIndex.NumberOf(sequence));
        return true;
    }

    private bool IsStored(long block)
    {
        using var command = connection.Prepared("SELECT 1 FROM blocks WHERE block = $block", "$block");
        return command.With(block).ExecuteScalar() is not null;
    }
}
