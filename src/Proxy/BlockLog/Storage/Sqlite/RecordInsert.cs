using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>
/// Inserts records with the library's own calls: one statement prepared once. The ADO.NET command costs several times as much as the
/// insert itself, for every record.
/// </summary>
internal sealed class RecordInsert : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public RecordInsert(SqliteConnection connection)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Check(raw.sqlite3_prepare_v3(
            _database, "INSERT INTO records (seq, link, body) VALUES (?1, ?2, ?3)", raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <exception cref="SqliteException">The record could not be inserted; the transaction is still open.</exception>
    public void Run(long sequence, ReadOnlySpan<byte> link, ReadOnlySpan<byte> body)
    {
        Check(raw.sqlite3_bind_int64(_statement, 1, sequence));
        Check(raw.sqlite3_bind_blob(_statement, 2, link));
        Check(raw.sqlite3_bind_blob(_statement, 3, body));
        var result = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        if (result != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
