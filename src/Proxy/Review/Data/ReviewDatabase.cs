using EdgeFilter.Proxy.BlockLog;
using Microsoft.Data.Sqlite;

namespace EdgeFilter.Proxy.Review;

/// <summary>What people add to the log: accounts, marks, comments, the audit trail. A file of its own, so that nobody who reviews ever writes to the log.</summary>
internal sealed class ReviewDatabase : IDisposable
{
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE accounts (
            name TEXT PRIMARY KEY COLLATE NOCASE, role TEXT NOT NULL, password TEXT NOT NULL, created INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE reviews (
            id INTEGER PRIMARY KEY, event TEXT NOT NULL, seq INTEGER NOT NULL, time INTEGER NOT NULL,
            who TEXT NOT NULL, disposition TEXT NOT NULL, comment TEXT NOT NULL);
        CREATE INDEX reviews_by_event ON reviews (event, id);
        CREATE TABLE dispositions (seq INTEGER PRIMARY KEY, disposition TEXT NOT NULL);
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY, time INTEGER NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL, target TEXT NOT NULL);
        CREATE TABLE views (
            owner TEXT NOT NULL, name TEXT NOT NULL, query TEXT NOT NULL, PRIMARY KEY (owner, name)) WITHOUT ROWID;
        """,
        """
        ALTER TABLE reviews ADD COLUMN assigned TEXT;
        CREATE TABLE assignments (seq INTEGER PRIMARY KEY, who TEXT NOT NULL COLLATE NOCASE);
        CREATE INDEX assignments_by_who ON assignments (who);
        CREATE TABLE people (name TEXT PRIMARY KEY COLLATE NOCASE, role TEXT NOT NULL, seen INTEGER NOT NULL) WITHOUT ROWID;
        """,
    ];

    private readonly Lock _turn = new();
    private readonly string _path;
    private SqliteConnection? _connection;

    /// <param name="path">The file, opened when it is first needed: the proxy works without it.</param>
    public ReviewDatabase(string path) => _path = path;

    /// <summary>Runs a statement with its parameters, named <c>$1</c>, <c>$2</c> … in order.</summary>
    /// <returns>Rows changed.</returns>
    /// <exception cref="SqliteException">The file can't be opened or written; the next call tries again.</exception>
    public int Change(string sql, params ReadOnlySpan<object> values)
    {
        lock (_turn)
        {
            using var command = Command(sql, values);
            return command.ExecuteNonQuery();
        }
    }

    /// <summary>Reads all rows of a query.</summary>
    public List<T> Read<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object> values)
    {
        lock (_turn)
        {
            using var command = Command(sql, values);
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        }
    }

    public void Dispose() => _connection?.Dispose();

    private SqliteCommand Command(string sql, ReadOnlySpan<object> values)
    {
        var command = (_connection ??= Open(_path)).Prepared(sql);
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        }

        return command;
    }

    private static SqliteConnection Open(string path)
    {
        var connection = SqliteFile.OpenForWriting(path);
        try
        {
            for (var version = SqliteSchema.VersionOf(connection); version < Steps.Length; version++)
            {
                connection.Run($"BEGIN IMMEDIATE; {Steps[version]} PRAGMA user_version = {version + 1}; COMMIT;");
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
