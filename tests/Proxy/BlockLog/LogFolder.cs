using EdgeFilter.Proxy.BlockLog;
using Microsoft.Data.Sqlite;

namespace EdgeFilter.Proxy.Tests.BlockLog;

/// <summary>A SQLite log and its keys in a folder of their own, deleted afterwards.</summary>
internal sealed class LogFolder : TestLog
{
    public string Database => DatabaseIn(Path);

    public static string DatabaseIn(string folder) => System.IO.Path.Combine(folder, "block-log.db");

    public static BlockLogWriter OpenWriter(string folder)
    {
        var options = new BlockLogOptions { Path = DatabaseIn(folder) };
        return OpenWriter(BlockLogRegistration.CreateStore(options, TimeProvider.System), options);
    }

    public override BlockLogOptions Options() => new() { Path = Database };

    public override IBlockLogReader OpenReader() => new SqliteBlockLogReader(Database);

    public override IChainSource OpenChain() => new SqliteChainSource(Database);

    protected override string TableOf(string name) => name;

    public override List<string> Bodies()
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT cast(body AS TEXT) FROM records ORDER BY seq";
        using var reader = command.ExecuteReader();
        var bodies = new List<string>();
        while (reader.Read())
        {
            bodies.Add(reader.GetString(0));
        }

        return bodies;
    }

    public override void Tamper(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }

    private SqliteConnection Connect()
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        return connection;
    }
}
