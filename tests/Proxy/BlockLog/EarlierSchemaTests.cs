using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Tests.BlockLog;

/// <summary>A log that an earlier version wrote is read as it is, and brought up to date by the proxy that writes on.</summary>
public class EarlierSchemaTests
{
    [Fact]
    public async Task Version1_ReadBeforeAndAfterItIsBroughtUpToDate_HasAllRecords()
    {
        using var folder = new LogFolder();
        await folder.FillAsync(BlockBits.Size + 10);
        folder.Tamper("DROP TABLE term_columns; PRAGMA user_version = 1; UPDATE meta SET value = value WHERE key = 'log-id'");
        using var reader = folder.OpenReader();
        var query = new EventQuery { Terms = [new TermFilter(TermField.Tenant, ["tenant-3"])] };
        var before = reader.Search(query, null, 10);

        await folder.FillAsync(BlockBits.Size);

        Assert.Equal(before.Records[0].Record.Tenant, reader.Search(query, null, 1).Records[0].Record.Tenant);
        Assert.Equal((BlockBits.Size * 2) + 10, reader.Search(EventQuery.Everything, null, 1).Total);
        Assert.True(before.Total > 0 && reader.Search(query, null, 1).Total > before.Total);

        // The first block's clients went with the table; those of the second are a column of the new one.
        var clients = reader.Count(EventQuery.Everything, TermField.Client, top: 5_000);
        Assert.Equal(BlockBits.Size + 10, clients.Sum(count => count.Count));
        Assert.True(folder.Verify().IsIntact);
    }
}
