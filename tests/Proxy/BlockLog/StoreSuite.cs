using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Testing;

namespace EdgeFilter.Proxy.Tests.BlockLog;

/// <summary>What every store does with records, whatever it is made of.</summary>
public abstract class StoreSuite
{
    [SkippableFact]
    public async Task Append_ManyAtOnceAndAfterRestart_EachIsStoredOnceAndTheChainHolds()
    {
        using var log = Create();
        await log.FillAsync(3_000, options => options.GroupSize = 500);
        await log.FillAsync(500);

        var report = log.Verify();

        Assert.Equal(3_500, log.Bodies().Distinct().Count());
        Assert.True(report.IsIntact, report.ToString());
        Assert.Equal((1, 3_500, 3_500), (report.FirstSequence, report.LastSequence, report.SignedUpTo));
    }

    [SkippableTheory]
    [InlineData("DELETE FROM {records} WHERE seq = 120", ChainProblem.Removed, 120)]
    [InlineData("DELETE FROM {records} WHERE seq > 240", ChainProblem.Removed, 241)]
    [InlineData("UPDATE {records} SET body = (SELECT body FROM {records} WHERE seq = 5) WHERE seq = 99", ChainProblem.Altered, 99)]
    [InlineData("UPDATE {records} SET body = NULL, digest = link WHERE seq = 7", ChainProblem.Altered, 7)]
    [InlineData("DELETE FROM {checkpoints}", ChainProblem.NeverSigned, 1)]
    [InlineData("UPDATE {checkpoints} SET kind = 2 WHERE seq = 250", ChainProblem.CheckpointForged, 250)]
    public async Task Verify_Tampered_NamesTheFirstRecordConcerned(string sql, object problem, long sequence)
    {
        using var log = Create();
        await log.FillAsync(250);
        log.Tamper(sql.Replace("{records}", log.Table("records"), StringComparison.Ordinal)
            .Replace("{checkpoints}", log.Table("checkpoints"), StringComparison.Ordinal));

        var report = log.Verify();

        Assert.Equal(((ChainProblem)problem, sequence), (report.Problem, report.Sequence));
    }

    [SkippableFact]
    public async Task Trim_OldRecords_AreGoneAndTheChainHoldsFromThere()
    {
        using var log = Create();
        await log.FillAsync(BlockBits.Size + 100);
        using (var store = BlockLogRegistration.CreateStore(log.Options(), TimeProvider.System))
        {
            store.Open();
            Assert.Equal(BlockBits.Size, store.Trim(Some.Start.AddSeconds(BlockBits.Size), null));
        }

        await log.FillAsync(20);
        var report = log.Verify();

        Assert.True(report.IsIntact, report.ToString());
        Assert.Equal((BlockBits.Size + 1, BlockBits.Size + 120), (report.FirstSequence, report.LastSequence));
        using var reader = log.OpenReader();
        Assert.Equal(120, reader.Search(EventQuery.Everything, null, 10).Total);
    }

    [SkippableFact]
    public async Task Retention_WhileRunning_RemovesOldRecordsByItself()
    {
        using var log = Create();
        await log.FillAsync((2 * BlockBits.Size) + 10);
        await using var writer = log.OpenWriter(options => options.KeepFor = TimeSpan.FromSeconds(1));
        Assert.True(await Eventually.HoldsAsync(() => log.Bodies().Count <= 10));

        await writer.AppendAsync(Some.Record() with { Time = DateTimeOffset.UtcNow }, CancellationToken.None);
        await writer.DisposeAsync();

        Assert.InRange(log.Bodies().Count, 1, 11);
        Assert.True(log.Verify().IsIntact, log.Verify().ToString());
    }

    [SkippableFact]
    public async Task Retention_LogTooLarge_RemovesTheOldestAndTheChainHolds()
    {
        using var log = Create();
        await log.FillAsync((2 * BlockBits.Size) + 10);
        using (var store = BlockLogRegistration.CreateStore(log.Options(), TimeProvider.System))
        {
            store.Open();
            Assert.Equal(0, store.Trim(null, long.MaxValue));
            Assert.NotEqual(0, store.Trim(null, 5_000_000));
        }

        using var reader = log.OpenReader();
        Assert.InRange(reader.Summary().FirstSequence, BlockBits.Size + 1, 2 * BlockBits.Size);
        Assert.Equal((2 * BlockBits.Size) + 10, reader.Summary().LastSequence);
        Assert.True(log.Verify().IsIntact, log.Verify().ToString());
    }

    [SkippableFact]
    public async Task Retention_RegionWithShorterTime_ItsOldBodiesAreErasedAndAllElseStays()
    {
        using var log = Create();
        await log.FillAsync(3_000);
        var young = Some.Record(2) with { Time = DateTimeOffset.UtcNow, Id = BlockRecord.NewId(DateTimeOffset.UtcNow) };
        var european = new EventQuery { Terms = [new TermFilter(TermField.Region, ["EU"])] };
        using var reader = log.OpenReader();
        await using (var writer = log.OpenWriter(options => options.KeepRegions["EU"] = TimeSpan.FromMinutes(5)))
        {
            await writer.AppendAsync(young, CancellationToken.None);
            Assert.True(await Eventually.HoldsAsync(() => reader.Search(european, null, 1).Total <= 1));
        }

        Assert.Equal(1_500, reader.Search(new EventQuery { Terms = [new TermFilter(TermField.Region, ["US"])] }, null, 1).Total);
        Assert.Equal(young.Id, Assert.Single(reader.Search(european, null, 10).Records).Record.Id);
        var report = log.Verify();
        Assert.True(report.IsIntact, report.ToString());
        Assert.Equal(1_500, report.Erased);
    }

    [SkippableFact]
    public async Task Erase_ByFingerprint_RecordsAreGoneAndTheChainHolds()
    {
        using var log = Create();
        await log.FillAsync(BlockBits.Size + 1_100);
        var query = new EventQuery { Fingerprint = Some.Record(7).Fingerprints[0].Value };
        using var reader = log.OpenReader();
        var doomed = reader.ReadAfter(query, 0, 1_000);
        var other = reader.Search(new EventQuery { Terms = [new TermFilter(TermField.Tenant, ["tenant-3"])] }, null, 1).Total;
        using (var store = BlockLogRegistration.CreateStore(log.Options(), TimeProvider.System))
        {
            store.Open();
            Assert.Equal(doomed.Count, store.Erase([.. doomed.Select(record => record.Sequence)]));
            Assert.Equal(0, store.Erase([.. doomed.Select(record => record.Sequence)]));
        }

        await log.FillAsync(5);
        var report = log.Verify();

        Assert.True(doomed.Count > 15, $"{doomed.Count}");
        Assert.True(report.IsIntact, report.ToString());
        Assert.Equal(doomed.Count, report.Erased);
        Assert.Equal(0, reader.Search(query, null, 10).Total);
        Assert.Null(reader.Find(doomed[0].Record.Id));
        Assert.Equal(BlockBits.Size + 1_105 - doomed.Count, reader.Search(EventQuery.Everything, null, 10).Total);
        Assert.Equal(
            other - doomed.Count(record => record.Record.Tenant == "tenant-3") + 1,
            reader.Search(new EventQuery { Terms = [new TermFilter(TermField.Tenant, ["tenant-3"])] }, null, 1).Total);
    }

    [SkippableFact]
    public async Task Erase_WhileAProxyWrites_IsNotForgottenWhenItsBlockIsFull()
    {
        using var log = Create();
        await using var writer = log.OpenWriter();
        await writer.AppendAsync(Some.Record(7) with { Tenant = "leaver" }, CancellationToken.None);
        using (var store = BlockLogRegistration.CreateStore(log.Options(), TimeProvider.System))
        {
            store.Open();
            Assert.Equal(1, store.Erase([1]));
        }

        await Task.WhenAll(Enumerable.Range(0, BlockBits.Size + 10).Select(n => writer.AppendAsync(Some.Record(n), CancellationToken.None).AsTask()));
        using var reader = log.OpenReader();

        Assert.Equal(0, reader.Search(new EventQuery { Terms = [new TermFilter(TermField.Tenant, ["leaver"])] }, null, 1).Total);
        Assert.Equal(BlockBits.Size + 10, reader.Search(EventQuery.Everything, null, 1).Total);
    }

    [SkippableFact]
    public async Task Append_FromTwoProxiesAtOnce_MakesOneChain()
    {
        using var log = Create();

        await Task.WhenAll(
            log.FillAsync(800, options => options.GroupSize = 20), log.FillAsync(800, options => options.GroupSize = 20));
        var report = log.Verify();

        Assert.True(report.IsIntact, report.ToString());
        Assert.Equal(1_600, report.LastSequence);
    }

    [SkippableFact]
    public async Task Append_SpoolWhileAway_ReplaysEachRecordOnce()
    {
        using var log = Create();
        var options = log.Options();
        options.SpoolPath = Path.Combine(log.Path, "spool.jsonl");
        var store = new FailingStore(BlockLogRegistration.CreateStore(options, TimeProvider.System));
        await using (var writer = TestLog.OpenWriter(store, options))
        {
            await writer.Opened;
            store.Fault = BlockLogFault.Missing;
            for (var n = 0; n < 5; n++)
            {
                Assert.Equal(AppendStatus.Spooled, (await writer.AppendAsync(Some.Record(n), CancellationToken.None)).Status);
            }
        }

        await log.FillAsync(1, other => other.SpoolPath = options.SpoolPath);

        // The sixth is the same as the first but for its id.
        Assert.Equal(6, log.Bodies().Count);
        Assert.True(log.Verify().IsIntact);
        Assert.False(File.Exists(options.SpoolPath));
    }

    internal abstract TestLog Create();
}

public sealed class SqliteStoreTests : StoreSuite
{
    internal override TestLog Create() => new LogFolder();
}

public sealed class PostgresStoreTests : StoreSuite
{
    [SkippableFact]
    public async Task Append_ServerNotThere_RefusesAndSaysMissing()
    {
        using var log = Create();
        var options = log.Options();
        options.Postgres = "Host=127.0.0.1;Port=1;Username=nobody;Timeout=2";
        await using var writer = TestLog.OpenWriter(BlockLogRegistration.CreateStore(options, TimeProvider.System), options);

        Assert.Equal(AppendOutcome.Refused(BlockLogFault.Missing), await writer.AppendAsync(Some.Record(), CancellationToken.None));
    }

    internal override TestLog Create()
    {
        Skip.If(PostgresServer.Missing is not null, PostgresServer.Missing);
        return new PostgresLog();
    }
}
