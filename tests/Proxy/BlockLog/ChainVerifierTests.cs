using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Tests.BlockLog;

public class ChainVerifierTests
{
    [Fact]
    public async Task Verify_Untouched_Holds()
    {
        using var folder = await Filled(250);

        var report = folder.Verify();

        Assert.Equal(new ChainReport(ChainProblem.None, 0, 250, 1, 250, 0, report.Checkpoints, 250), report);
        Assert.True(report.Checkpoints >= 2);
    }

    [Theory]
    [InlineData("UPDATE records SET body = replace(cast(body AS TEXT), '\"block\"', '\"allow\"') WHERE seq = 101", ChainProblem.Altered, 101)]
    [InlineData("UPDATE records SET body = NULL, digest = zeroblob(32) WHERE seq = 7", ChainProblem.Altered, 7)]
    [InlineData("UPDATE records SET link = zeroblob(32) WHERE seq = 9", ChainProblem.Altered, 9)]
    [InlineData("UPDATE records SET link = 'text' WHERE seq = 9", ChainProblem.Altered, 9)]
    [InlineData("DELETE FROM records WHERE seq = 1", ChainProblem.Removed, 1)]
    [InlineData("DELETE FROM records WHERE seq = 120", ChainProblem.Removed, 120)]
    [InlineData("DELETE FROM records WHERE seq > 240", ChainProblem.Removed, 241)]
    [InlineData("DELETE FROM records", ChainProblem.Removed, 1)]
    [InlineData("INSERT INTO records SELECT 251, link, digest, body FROM records WHERE seq = 250", ChainProblem.Altered, 251)]
    [InlineData("UPDATE checkpoints SET link = zeroblob(32) WHERE seq = 250", ChainProblem.CheckpointForged, 250)]
    [InlineData("UPDATE checkpoints SET kind = 2 WHERE seq = 250", ChainProblem.CheckpointForged, 250)]
    [InlineData("UPDATE checkpoints SET key = 'other' WHERE seq = 250", ChainProblem.CheckpointKeyUnknown, 250)]
    [InlineData("DELETE FROM checkpoints", ChainProblem.NeverSigned, 1)]
    [InlineData("UPDATE meta SET value = '0123456789abcdef0123456789abcdef' WHERE key = 'log-id'", ChainProblem.CheckpointForged, null)]
    public async Task Verify_Tampered_NamesTheFirstRecordConcerned(string sql, object problem, int? sequence)
    {
        using var folder = await Filled(250);
        folder.Tamper(sql);

        var report = folder.Verify();

        Assert.Equal((ChainProblem)problem, report.Problem);
        if (sequence is { } expected)
        {
            Assert.Equal(expected, report.Sequence);
        }
    }

    [Fact]
    public async Task Verify_RecordsSwapped_NamesTheFirst()
    {
        using var folder = await Filled(250);
        folder.Tamper("UPDATE records SET seq = -1 WHERE seq = 30; UPDATE records SET seq = 30 WHERE seq = 31; UPDATE records SET seq = 31 WHERE seq = -1");

        var report = folder.Verify();

        Assert.Equal((ChainProblem.Altered, 30L), (report.Problem, report.Sequence));
    }

    [Fact]
    public async Task Verify_RewrittenFromAPointOn_DisagreesWithTheSignature()
    {
        using var folder = await Filled(250);
        Rewrite(folder, from: 50);

        var report = folder.Verify();

        Assert.Equal(ChainProblem.Altered, report.Problem);
        Assert.True(report.Sequence >= 50);
    }

    [Fact]
    public async Task Verify_SignedWithAnotherKey_IsNotAccepted()
    {
        using var folder = await Filled(50);
        using var other = new LogFolder();
        CheckpointSigner.Load(other.Keys).Dispose();

        using var source = new SqliteChainSource(folder.Database);
        using var keys = CheckpointKeys.FromFolder(other.Keys);

        Assert.Equal(ChainProblem.CheckpointKeyUnknown, new ChainVerifier(source, keys).Verify(null, CancellationToken.None).Problem);
    }

    [Fact]
    public async Task Verify_AfterRetention_HoldsFromWhereTheLogNowBegins()
    {
        using var folder = await Filled(BlockBits.Size + 100);
        TrimFirstBlock(folder);

        var report = folder.Verify();

        Assert.True(report.IsIntact, report.ToString());
        Assert.Equal(BlockBits.Size + 1, report.FirstSequence);
        using var reader = new SqliteBlockLogReader(folder.Database);
        Assert.Equal(100, reader.Search(EventQuery.Everything, null, 10).Total);
    }

    [Fact]
    public async Task Verify_MoreCutThanRetentionSigned_NamesTheFirstMissing()
    {
        using var folder = await Filled(BlockBits.Size + 100);
        TrimFirstBlock(folder);
        folder.Tamper($"DELETE FROM records WHERE seq <= {BlockBits.Size + 10}");

        var report = folder.Verify();

        Assert.Equal((ChainProblem.Removed, BlockBits.Size + 1L), (report.Problem, report.Sequence));
    }

    [Fact]
    public async Task Append_AfterTrim_ContinuesTheChain()
    {
        using var folder = await Filled(BlockBits.Size + 100);
        TrimFirstBlock(folder);
        await folder.FillAsync(20);

        var report = folder.Verify();

        Assert.True(report.IsIntact, report.ToString());
        Assert.Equal(BlockBits.Size + 120, report.LastSequence);
    }

    [Theory]
    [InlineData(null, null, ChainProblem.None)]
    [InlineData("\"tenant\":\"tenant-3\"", "\"tenant\":\"tenant-4\"", ChainProblem.Altered)]
    [InlineData("{\"sequence\":40,", "{\"skipped\":40,", ChainProblem.Removed)]
    [InlineData("\"kind\":1", "\"kind\":2", ChainProblem.CheckpointForged)]
    public async Task Verify_Export_IsJudgedLikeTheLog(string? seen, string? replaced, object problem)
    {
        using var folder = await Filled(250);
        var path = Path.Combine(folder.Path, "export.jsonl");
        using (var source = new SqliteChainSource(folder.Database))
        await using (var output = new StreamWriter(path))
        {
            Assert.Equal(250, ChainExport.Write(source, output, CancellationToken.None));
        }

        if (seen is not null)
        {
            var text = await File.ReadAllTextAsync(path);
            Assert.Contains(seen, text, StringComparison.Ordinal);
            await File.WriteAllTextAsync(path, text.Replace(seen, replaced, StringComparison.Ordinal));
        }

        using var export = new ChainExportSource(path);
        using var keys = CheckpointKeys.FromFolder(folder.Keys);
        Assert.Equal((ChainProblem)problem, new ChainVerifier(export, keys).Verify(null, CancellationToken.None).Problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"schema\":\"edgefilter.log-export/1\"}")]
    [InlineData("{\"schema\":\"edgefilter.log-export/1\",\"log\":\"0123456789abcdef0123456789abcdef\"}\n{\"checkpoint\":\"x\"}")]
    public void Open_NoExport_IsRefused(string text)
    {
        using var folder = new LogFolder();
        var path = Path.Combine(folder.Path, "export.jsonl");
        File.WriteAllText(path, text);

        Assert.Throws<InvalidDataException>(() => new ChainExportSource(path));
    }

    private static async Task<LogFolder> Filled(int count)
    {
        var folder = new LogFolder();
        await folder.FillAsync(count, options =>
        {
            options.CheckpointEvery = 100;
            options.GroupSize = 64;
        });
        return folder;
    }

    private static void TrimFirstBlock(LogFolder folder)
    {
        using var store = BlockLogRegistration.CreateStore(new BlockLogOptions { Path = folder.Database }, TimeProvider.System);
        store.Open();
        Assert.Equal(BlockBits.Size, store.Trim(Some.Start.AddYears(1), null));
    }

    // What someone who knows the algorithm but has no key can do.
    private static void Rewrite(LogFolder folder, long from)
    {
        List<ChainEntry> entries;
        using (var source = new SqliteChainSource(folder.Database))
        {
            entries = [.. source.Entries()];
        }

        var link = entries[(int)from - 2].Link;
        foreach (var entry in entries.Skip((int)from - 1))
        {
            var body = entry.Sequence == from ? RecordJson.Serialize(Some.Record(999)) : entry.Body!;
            link = RecordChain.Next(link, entry.Sequence, RecordChain.Digest(body));
            folder.Tamper(
                $"UPDATE records SET body = x'{Convert.ToHexString(body)}', link = x'{Convert.ToHexString(link)}' WHERE seq = {entry.Sequence}");
        }
    }
}
