using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Tests.BlockLog;

/// <summary>A field with many terms is kept as a column: what is erased or trimmed is gone from there too.</summary>
public class TermColumnTests
{
    private static readonly EventQuery OneClient = new() { Terms = [new TermFilter(TermField.Client, ["client-7"])] };

    [Fact]
    public async Task Erase_RecordOfABlockWithAColumn_IsNeitherFoundNorCountedByIt()
    {
        using var folder = new LogFolder();
        await folder.FillAsync(BlockBits.Size + 5);
        using var reader = folder.OpenReader();
        var before = reader.Search(OneClient, null, 100);
        Assert.True(before.Total > 1 && before.Records[^1].Sequence <= BlockBits.Size);

        using (var store = Open(folder))
        {
            store.Open();
            Assert.Equal(1, store.Erase([before.Records[^1].Sequence]));
        }

        var after = reader.Search(OneClient, null, 100);
        Assert.Equal(before.Total - 1, after.Total);
        Assert.DoesNotContain(after.Records, record => record.Sequence == before.Records[^1].Sequence);
        Assert.Equal(after.Total, reader.Count(OneClient, TermField.Client, top: 10).Single().Count);
        Assert.Equal(after.Total, reader.Count(EventQuery.Everything, TermField.Client, top: 5_000).Single(count => count.Text == "client-7").Count);
    }

    [Fact]
    public async Task Trim_BlockWithAColumn_TakesItAway()
    {
        using var folder = new LogFolder();
        await folder.FillAsync(BlockBits.Size + 5);
        using (var store = Open(folder))
        {
            store.Open();
            Assert.Equal(BlockBits.Size, store.Trim(Some.Start.AddYears(1), null));
        }

        using var reader = folder.OpenReader();
        Assert.Equal(5, reader.Count(EventQuery.Everything, TermField.Client, top: 5_000).Sum(count => count.Count));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => folder.Tamper("DELETE FROM term_columns"));
    }

    [Fact]
    public void TryEncode_RecordWithTwoTerms_IsNoColumn()
    {
        var places = new Dictionary<int, List<ushort>> { [1] = [0, 5], [2] = [5] };

        Assert.Null(TermColumn.TryEncode(places));
        places[2] = [6];
        var counts = new long[3];
        var filter = new ulong[BlockBits.Words];
        BlockBits.Set(filter, 5);
        BlockBits.Set(filter, 6);
        TermColumn.CountWithin(TermColumn.TryEncode(places)!, filter, counts);
        Assert.Equal([0, 1, 1], counts);
    }

    private static IRecordStore Open(LogFolder folder) => BlockLogRegistration.CreateStore(folder.Options(), TimeProvider.System);
}
