using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Testing;

namespace EdgeFilter.Proxy.Tests.BlockLog;

public class BlockLogWriterTests
{
    [Fact]
    public async Task AppendAsync_ManyAtOnce_EachIsStoredOnce()
    {
        using var folder = new LogFolder();

        await folder.FillAsync(3_000);

        var bodies = folder.Bodies();
        Assert.Equal(3_000, bodies.Distinct().Count());
    }

    [Fact]
    public async Task AppendAsync_AfterRestart_ContinuesTheLog()
    {
        using var folder = new LogFolder();
        await folder.FillAsync(10);
        await folder.FillAsync(10);

        Assert.Equal(20, folder.Bodies().Count);
    }

    [Fact]
    public async Task AppendAsync_FileDeletedMeanwhile_RefusesAndDoesNotBeginAnew()
    {
        using var folder = new LogFolder();
        await using var log = folder.OpenWriter();
        Assert.True((await log.AppendAsync(Some.Record(), CancellationToken.None)).IsKept);

        foreach (var file in Directory.GetFiles(folder.Path))
        {
            File.Delete(file);
        }

        var outcome = await log.AppendAsync(Some.Record(1), CancellationToken.None);

        Assert.Equal(AppendOutcome.Refused(BlockLogFault.Missing), outcome);
        Assert.Equal(BlockLogFault.Missing, log.Health.Fault);
        Assert.False(File.Exists(folder.Database));
    }

    [Fact]
    public async Task AppendAsync_NotADatabase_Refuses()
    {
        using var folder = new LogFolder();
        await File.WriteAllTextAsync(folder.Database, new string('x', 10_000));
        await using var log = folder.OpenWriter();

        var outcome = await log.AppendAsync(Some.Record(), CancellationToken.None);

        Assert.Equal(AppendOutcome.Refused(BlockLogFault.Corrupt), outcome);
    }

    [Fact]
    public async Task AppendAsync_NewerSchema_Refuses()
    {
        using var folder = new LogFolder();
        await folder.FillAsync(1);
        folder.Tamper("CREATE TABLE newer (x); INSERT INTO newer VALUES (1); PRAGMA user_version = 999;");
        await using var log = folder.OpenWriter();

        Assert.Equal(BlockLogFault.NewerSchema, (await log.Opened).Fault);
    }

    [Fact]
    public async Task AppendAsync_Closed_Refuses()
    {
        using var folder = new LogFolder();
        var log = folder.OpenWriter();
        await log.DisposeAsync();

        Assert.Equal(AppendOutcome.Refused(BlockLogFault.Closed), await log.AppendAsync(Some.Record(), CancellationToken.None));
    }

    [Fact]
    public async Task AppendAsync_StoreFails_RefusesAndRecoversByItself()
    {
        using var folder = new LogFolder();
        var options = new BlockLogOptions { Path = folder.Database };
        var store = new FailingStore(BlockLogRegistration.CreateStore(options, TimeProvider.System));
        await using var log = LogFolder.OpenWriter(store, options);
        await log.Opened;

        store.Fault = BlockLogFault.DiskFull;
        var refused = await log.AppendAsync(Some.Record(1), CancellationToken.None);
        var whileFull = log.Health;
        store.Fault = BlockLogFault.None;
        Assert.True(await Eventually.HoldsAsync(() => log.Health.IsReady));
        var kept = await log.AppendAsync(Some.Record(2), CancellationToken.None);

        Assert.Equal(AppendOutcome.Refused(BlockLogFault.DiskFull), refused);
        Assert.Equal(BlockLogFault.DiskFull, whileFull.Fault);
        Assert.Equal(AppendOutcome.Durable, kept);
        Assert.Single(folder.Bodies());
    }

    [Fact]
    public async Task AppendAsync_StoreFailsWithSpool_SpoolsAndReplaysEachRecordOnce()
    {
        using var folder = new LogFolder();
        var options = new BlockLogOptions { Path = folder.Database, SpoolPath = Path.Combine(folder.Path, "spool.jsonl") };
        var store = new FailingStore(BlockLogRegistration.CreateStore(options, TimeProvider.System));
        await using (var log = LogFolder.OpenWriter(store, options))
        {
            await log.Opened;
            store.Fault = BlockLogFault.ReadOnly;
            for (var n = 0; n < 5; n++)
            {
                Assert.Equal(AppendStatus.Spooled, (await log.AppendAsync(Some.Record(n), CancellationToken.None)).Status);
            }

            Assert.Equal(5, log.Health.Spooled);
        }

        // A new process finds the spool.
        await using (var log = LogFolder.OpenWriter(BlockLogRegistration.CreateStore(options, TimeProvider.System), options))
        {
            Assert.True((await log.Opened).IsReady);
            await log.AppendAsync(Some.Record(5), CancellationToken.None);
        }

        Assert.Equal(6, folder.Bodies().Distinct().Count());
        Assert.False(File.Exists(options.SpoolPath));
    }

    [Fact]
    public async Task AppendAsync_SpoolFull_Refuses()
    {
        using var folder = new LogFolder();
        var options = new BlockLogOptions
        {
            Path = folder.Database, SpoolPath = Path.Combine(folder.Path, "spool.jsonl"), SpoolMaxBytes = 2_500,
        };
        var store = new FailingStore(BlockLogRegistration.CreateStore(options, TimeProvider.System)) { Fault = BlockLogFault.DiskFull };
        await using var log = LogFolder.OpenWriter(store, options);

        var outcomes = new List<AppendStatus>();
        for (var n = 0; n < 5; n++)
        {
            outcomes.Add((await log.AppendAsync(Some.Record(n), CancellationToken.None)).Status);
        }

        Assert.Equal(AppendStatus.Spooled, outcomes[0]);
        Assert.Equal(AppendStatus.Refused, outcomes[^1]);
    }
}
