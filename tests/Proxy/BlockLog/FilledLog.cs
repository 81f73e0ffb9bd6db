using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Tests.BlockLog;

/// <summary>A log filled once for a class of tests that only read; in SQLite it is more than one index block long.</summary>
public abstract class FilledLog : IAsyncLifetime
{
    public const int Count = BlockBits.Size + 3_000;

    /// <summary>Why there is no such store here, null when there is one.</summary>
    public abstract string? Missing { get; }

    internal TestLog Log { get; private set; } = null!;

    internal IBlockLogReader Reader { get; private set; } = null!;

    /// <summary>What the log holds, record n at index n - 1.</summary>
    internal IReadOnlyList<BlockRecord> Records { get; private set; } = [];

    public async Task InitializeAsync()
    {
        if (Missing is null)
        {
            Log = Create();
            await Log.FillAsync(Count);
            Reader = Log.OpenReader();
            Records = [.. Log.Bodies().Select(body => RecordJson.Parse(System.Text.Encoding.UTF8.GetBytes(body))!)];
        }
    }

    public Task DisposeAsync()
    {
        Reader?.Dispose();
        Log?.Dispose();
        return Task.CompletedTask;
    }

    internal abstract TestLog Create();
}

public sealed class FilledSqliteLog : FilledLog
{
    public override string? Missing => null;

    internal override TestLog Create() => new LogFolder();
}

public sealed class FilledPostgresLog : FilledLog
{
    public override string? Missing => PostgresServer.Missing;

    internal override TestLog Create() => new PostgresLog();
}
