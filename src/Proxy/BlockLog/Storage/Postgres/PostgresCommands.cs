using Npgsql;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Short forms for statements with positional parameters.</summary>
internal static class PostgresCommands
{
    public static NpgsqlCommand Prepared(this NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text passed here is made of constants of this code; values travel as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    public static void Run(this NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        using var command = connection.Prepared(sql, values);
        command.ExecuteNonQuery();
    }

    public static string? GetMeta(this NpgsqlConnection connection, string key)
    {
        using var command = connection.Prepared("SELECT value FROM edgefilter_meta WHERE key = $1", key);
        return command.ExecuteScalar() as string;
    }

    public static void SetMeta(this NpgsqlConnection connection, string key, string value) => connection.Run(
        "INSERT INTO edgefilter_meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value);
}
