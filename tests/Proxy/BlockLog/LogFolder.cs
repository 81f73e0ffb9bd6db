using EdgeFilter.Proxy.BlockLog;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EdgeFilter.Proxy.Tests.BlockLog;

/// <summary>A folder of its own for a log and its keys, deleted afterwards.</summary>
internal sealed class LogFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("edgefilter-log-").FullName;

    public string Database => DatabaseIn(Path);

    public string Keys => System.IO.Path.Combine(Path, "keys");

    public static string DatabaseIn(string folder) => System.IO.Path.Combine(folder, "block-log.db");

    public static BlockLogWriter OpenWriter(string folder, Action<BlockLogOptions>? configure = null, ILogger<BlockLogWriter>? logger = null)
    {
        var options = new BlockLogOptions { Path = DatabaseIn(folder) };
        configure?.Invoke(options);
        return OpenWriter(BlockLogRegistration.CreateStore(options, TimeProvider.System), options, logger);
    }

    public static BlockLogWriter OpenWriter(IRecordStore store, BlockLogOptions options, ILogger<BlockLogWriter>? logger = null) =>
        new(store, Options.Create(options), TimeProvider.System, logger ?? NullLogger<BlockLogWriter>.Instance);

    public BlockLogWriter OpenWriter(Action<BlockLogOptions>? configure = null, ILogger<BlockLogWriter>? logger = null) =>
        OpenWriter(Path, configure, logger);

    /// <summary>Appends that many of <see cref="Some.Record"/> and closes the log.</summary>
    public async Task FillAsync(int count, Action<BlockLogOptions>? configure = null)
    {
        await using var log = OpenWriter(configure);
        var waiting = new List<Task<AppendOutcome>>(count);
        for (var n = 0; n < count; n++)
        {
            waiting.Add(log.AppendAsync(Some.Record(n), CancellationToken.None).AsTask());
        }

        Assert.All(await Task.WhenAll(waiting), outcome => Assert.Equal(AppendStatus.Durable, outcome.Status));
    }

    /// <summary>Stored bodies in order, read without the code under test.</summary>
    public List<string> Bodies()
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

    /// <summary>Changes the file behind the log's back.</summary>
    public void Tamper(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private SqliteConnection Connect()
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        return connection;
    }
}
