using Microsoft.Data.Sqlite;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>The tables of the SQLite log, and how an older file becomes today's.</summary>
internal static class SqliteSchema
{
    /// <summary>The version from which on fields with many terms are stored as columns.</summary>
    public const int HasColumns = 2;

    /// <summary>Step n leads from version n to n + 1. Steps are never changed once released, only added.</summary>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

        -- A body is gone once erased; its digest then stays, so that the chain still holds.
        CREATE TABLE records (
            seq INTEGER PRIMARY KEY,
            link BLOB NOT NULL,
            digest BLOB,
            body BLOB,
            CHECK (body IS NOT NULL OR digest IS NOT NULL));

        CREATE TABLE checkpoints (
            seq INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            time INTEGER NOT NULL,
            link BLOB NOT NULL,
            key TEXT NOT NULL,
            signature BLOB NOT NULL,
            PRIMARY KEY (seq, kind)) WITHOUT ROWID;

        -- The index: of every full block, which records have which term.
        CREATE TABLE terms (id INTEGER PRIMARY KEY, field INTEGER NOT NULL, text TEXT NOT NULL, UNIQUE (field, text));
        CREATE TABLE blocks (block INTEGER PRIMARY KEY, min_time INTEGER NOT NULL, max_time INTEGER NOT NULL, times BLOB NOT NULL);
        CREATE TABLE term_places (
            term INTEGER NOT NULL, block INTEGER NOT NULL, count INTEGER NOT NULL, places BLOB NOT NULL,
            PRIMARY KEY (term, block)) WITHOUT ROWID;
        CREATE TABLE unique_places (
            bucket INTEGER NOT NULL, block INTEGER NOT NULL, entries BLOB NOT NULL,
            PRIMARY KEY (bucket, block)) WITHOUT ROWID;
        """,
        """
        -- A field with many terms in a block is there instead of in term_places: the term of each record.
        CREATE TABLE term_columns (field INTEGER NOT NULL, block INTEGER NOT NULL, terms BLOB NOT NULL, PRIMARY KEY (field, block));
        """,
    ];

    public static int CurrentVersion => Steps.Length;

    /// <summary>Brings the file to <see cref="CurrentVersion"/>, each step in a transaction of its own.</summary>
    /// <exception cref="NewerSchemaException">A newer version of the proxy wrote the file.</exception>
    public static void Migrate(SqliteConnection connection)
    {
        // Looked at again inside the transaction: another process may start on the same new file.
        while (VersionOf(connection) != CurrentVersion)
        {
            connection.Run("BEGIN IMMEDIATE");
            var version = VersionOf(connection);
            if (version > CurrentVersion)
            {
                connection.Run("ROLLBACK");
                throw new NewerSchemaException();
            }

            connection.Run(version < CurrentVersion ? $"{Steps[version]} PRAGMA user_version = {version + 1}; COMMIT;" : "COMMIT");
        }
    }

    public static int VersionOf(SqliteConnection connection)
    {
        using var command = connection.Prepared("PRAGMA user_version");
        return Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
