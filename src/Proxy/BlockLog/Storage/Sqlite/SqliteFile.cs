using Microsoft.Data.Sqlite;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Opens SQLite files the way this log needs them.</summary>
internal static class SqliteFile
{
    private static readonly Lazy<bool> Library = new(() =>
    {
        SQLitePCL.Batteries_V2.Init();
        return true;
    });

    /// <summary>A connection that writes: write-ahead log, and every commit on disk before it returns.</summary>
    public static SqliteConnection OpenForWriting(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate);

        // The page size counts only for a new file. FULL, not NORMAL: with NORMAL a power cut may lose acknowledged commits.
        connection.Run("""
            PRAGMA page_size = 8192;
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA wal_autocheckpoint = 2000;
            PRAGMA foreign_keys = ON;
            """);
        return connection;
    }

    /// <summary>A connection that can't change anything.</summary>
    public static SqliteConnection OpenForReading(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadOnly);
        connection.Run("PRAGMA query_only = ON; PRAGMA mmap_size = 4294967296; PRAGMA cache_size = -32768;");
        return connection;
    }

    public static void Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text passed here is a constant of this code; values travel as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>A command with the named parameters, which start with <c>$</c>.</summary>
    public static SqliteCommand Prepared(this SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // As above.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name, Value = DBNull.Value });
        }

        return command;
    }

    /// <summary>Sets the parameters in the order they were named in.</summary>
    public static SqliteCommand With(this SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        _ = Library.Value;
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 5,
        }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
