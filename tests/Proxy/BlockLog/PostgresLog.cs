using EdgeFilter.Proxy.BlockLog;
using Npgsql;

namespace EdgeFilter.Proxy.Tests.BlockLog;

/// <summary>A PostgreSQL log in a database of its own.</summary>
internal sealed class PostgresLog : TestLog
{
    public string ConnectionString { get; } = PostgresServer.CreateDatabase();

    public override BlockLogOptions Options() => new() { Postgres = ConnectionString, KeyFolder = Keys };

    public override IBlockLogReader OpenReader() => new PostgresBlockLogReader(ConnectionString);

    public override IChainSource OpenChain() => new PostgresChainSource(ConnectionString);

    public override List<string> Bodies()
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT convert_from(body, 'UTF8') FROM edgefilter_records ORDER BY seq";
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

    protected override string TableOf(string name) => "edgefilter_" + name;

    private NpgsqlConnection Connect()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        return connection;
    }
}
