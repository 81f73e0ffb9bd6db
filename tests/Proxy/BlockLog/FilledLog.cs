using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Tests.BlockLog;

/// <summary>A log of more than one index block, filled once for a class of tests that only read.</summary>
public sealed class FilledLog : IAsyncLifetime
{
    public const int Count = BlockBits.Size + 3_000;

    internal LogFolder Folder { get; } = new();

    internal IBlockLogReader Reader { get; private set; } = null!;

    /// <summary>What the log holds, record n at index n - 1.</summary>
    internal IReadOnlyList<BlockRecord> Records { get; private set; } = [];

    public async Task InitializeAsync()
    {
        await using (var log = Folder.OpenWriter())
        {
            var waiting = new List<Task>(Count);
            for (var n = 0; n < Count; n++)
            {
                waiting.Add(log.AppendAsync(Some.Record(n), CancellationToken.None).AsTask());
            }

            await Task.WhenAll(waiting);
        }

        Reader = new SqliteBlockLogReader(Folder.Database);
        Records = [.. Folder.Bodies().Select(body => RecordJson.Parse(System.Text.Encoding.UTF8.GetBytes(body))!)];
    }

    public Task DisposeAsync()
    {
        Reader.Dispose();
        Folder.Dispose();
        return Task.CompletedTask;
    }
}
