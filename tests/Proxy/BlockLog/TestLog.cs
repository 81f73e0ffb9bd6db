using EdgeFilter.Proxy.BlockLog;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EdgeFilter.Proxy.Tests.BlockLog;

/// <summary>An empty log in one kind of store, with ways round the code under test; gone when disposed.</summary>
internal abstract class TestLog : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("edgefilter-log-").FullName;

    public string Keys => System.IO.Path.Combine(Path, "keys");

    /// <summary>Options that lead to this log.</summary>
    public abstract BlockLogOptions Options();

    public abstract IBlockLogReader OpenReader();

    public abstract IChainSource OpenChain();

    /// <summary>Stored bodies in order, read without the code under test.</summary>
    public abstract List<string> Bodies();

    /// <summary>Changes the store behind the log's back; must change something.</summary>
    public abstract void Tamper(string sql);

    public static BlockLogWriter OpenWriter(IRecordStore store, BlockLogOptions options) => new(
        store, Microsoft.Extensions.Options.Options.Create(options), TimeProvider.System, NullLogger<BlockLogWriter>.Instance);

    public BlockLogWriter OpenWriter(Action<BlockLogOptions>? configure = null)
    {
        var options = Options();
        configure?.Invoke(options);
        return OpenWriter(BlockLogRegistration.CreateStore(options, TimeProvider.System), options);
    }

    /// <summary>Appends that many of <see cref="Some.Record"/> and closes the log.</summary>
    public async Task FillAsync(int count, Action<BlockLogOptions>? configure = null)
    {
        await using var log = OpenWriter(configure);
        var waiting = new List<Task<AppendOutcome>>(count);
        for (var n = 0; n < count; n++)
        {
            waiting.Add(log.AppendAsync(Some.Record(n), CancellationToken.None).AsTask());
        }

        Assert.Equal([AppendOutcome.Durable], (await Task.WhenAll(waiting)).Distinct());
    }

    public ChainReport Verify()
    {
        using var source = OpenChain();
        using var keys = CheckpointKeys.FromFolder(Keys);
        return new ChainVerifier(source, keys).Verify(null, CancellationToken.None);
    }

    /// <summary>A table of the log by its short name: records, checkpoints.</summary>
    public string Table(string name) => TableOf(name);

    public virtual void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected abstract string TableOf(string name);
}
