using Microsoft.Data.Sqlite;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>The stored terms.</summary>
internal static class SqliteTerms
{
    /// <summary>Enters the terms that <paramref name="dictionary"/> doesn't know yet.</summary>
    public static void LoadInto(TermDictionary dictionary, SqliteConnection connection)
    {
        using var command = connection.Prepared("SELECT id, field, text FROM terms WHERE id > $id ORDER BY id", "$id");
        using var reader = command.With(dictionary.LastId).ExecuteReader();
        while (reader.Read())
        {
            dictionary.Load(reader.GetInt32(0), new Term((TermField)reader.GetInt32(1), reader.GetString(2)));
        }
    }
}
