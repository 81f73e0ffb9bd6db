using EdgeFilter.Policies;
using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Tests.BlockLog;

/// <summary>Every store answers as a walk over all records would.</summary>
public abstract class SearchSuite(FilledLog filled)
{
    private FilledLog Log
    {
        get
        {
            Skip.If(filled.Missing is not null, filled.Missing);
            return filled;
        }
    }

    [SkippableFact]
    public void Search_NoCondition_IsEverythingNewestFirst()
    {
        var page = Log.Reader.Search(EventQuery.Everything, before: null, limit: 10);

        Assert.Equal(FilledLog.Count, page.Total);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)FilledLog.Count - i), page.Records.Select(record => record.Sequence));
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Search_RandomConditions_FindsWhatAWalkFinds(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 20; round++)
        {
            var (query, predicate) = RandomQuery(random);
            var expected = Log.Records.Select((record, i) => (record, Sequence: i + 1L)).Where(entry => predicate(entry.record)).ToList();

            var page = Log.Reader.Search(query, before: null, limit: 25);

            Assert.Equal(expected.Count, page.Total);
            Assert.Equal(expected.Select(e => e.Sequence).Reverse().Take(25), page.Records.Select(record => record.Sequence));
        }
    }

    [SkippableFact]
    public void Search_PageByPage_ShowsEachRecordOnce()
    {
        var query = new EventQuery { Terms = [new TermFilter(TermField.Rule, ["rule-4"])] };
        var seen = new List<long>();
        for (long? before = null; ;)
        {
            var page = Log.Reader.Search(query, before, limit: 100);
            seen.AddRange(page.Records.Select(record => record.Sequence));
            if (page.NextBefore is null)
            {
                break;
            }

            before = page.NextBefore;
        }

        var expected = Log.Records.Select((record, i) => (record, i)).Where(e => e.record.Rules[0] == "rule-4").Select(e => e.i + 1L).Reverse();
        Assert.Equal(expected, seen);
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(BlockBits.Size - 1)]
    [InlineData(BlockBits.Size)]
    [InlineData(FilledLog.Count - 1)]
    public void Find_Id_IsThatRecord(int index)
    {
        var record = Log.Records[index];

        Assert.Equal(index + 1, Log.Reader.Find(record.Id)!.Sequence);
        Assert.Equal(index + 1, Assert.Single(Log.Reader.Search(new EventQuery { RequestId = record.RequestId }, null, 2).Records).Sequence);
    }

    [SkippableFact]
    public void Find_UnknownId_IsNull() => Assert.Null(Log.Reader.Find(Guid.NewGuid()));

    [SkippableFact]
    public void Count_WithinAQuery_CountsWhatAWalkCounts()
    {
        var query = new EventQuery { Terms = [new TermFilter(TermField.Tenant, ["tenant-3"])] };
        var expected = Log.Records.Where(record => record.Tenant == "tenant-3")
            .GroupBy(record => record.Entities[0].Entity).ToDictionary(group => group.Key, group => (long)group.Count());

        var counts = Log.Reader.Count(query, TermField.Entity, top: 100);

        Assert.Equal(expected, counts.ToDictionary(count => count.Text, count => count.Count));
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Facets_RandomConditions_CountWhatAWalkCountsWithoutTheFieldsOwnFilter(int seed)
    {
        var random = new Random(seed);
        TermField[] fields = [TermField.Action, TermField.Tenant, TermField.Client, TermField.Entity, TermField.Rule];
        for (var round = 0; round < 8; round++)
        {
            var (query, predicate) = RandomQuery(random);

            var facets = Log.Reader.Facets(query, fields, top: 2_000);

            Assert.Equal(Log.Records.Count(predicate), facets.Total);
            foreach (var field in fields)
            {
                var others = query with { Terms = [.. query.Terms.Where(filter => filter.Field != field)] };
                Assert.Equal(Log.Reader.Count(others, field, top: 2_000), facets.Fields[field]);
            }
        }
    }

    [SkippableFact]
    public void Count_FieldWithMoreTextsThanRowsAreKeptFor_CountsWhatAWalkCounts()
    {
        var query = new EventQuery { Terms = [new TermFilter(TermField.Action, ["block"])], Since = Some.Start.AddSeconds(100) };
        var expected = Log.Records.Where(record => record.Action == PolicyAction.Block && record.Time >= query.Since)
            .GroupBy(record => record.Client).ToDictionary(group => group.Key, group => (long)group.Count());

        var counts = Log.Reader.Count(query, TermField.Client, top: 5_000);

        Assert.True(expected.Count > 512);
        Assert.Equal(expected, counts.ToDictionary(count => count.Text, count => count.Count));
    }

    [SkippableFact]
    public void Histogram_WholeTime_CountsEachRecordOnce()
    {
        var from = Log.Records.Min(record => record.Time);
        var to = Log.Records.Max(record => record.Time).AddSeconds(1);

        var buckets = Log.Reader.Histogram(EventQuery.Everything, from, to, buckets: 37);

        Assert.Equal(37, buckets.Count);
        Assert.Equal(FilledLog.Count, buckets.Sum(bucket => bucket.Actions.Values.Sum()));
        Assert.Equal(
            Log.Records.Count(record => record.Time >= buckets[5].Start && record.Time < buckets[6].Start),
            buckets[5].Actions.Values.Sum());
    }

    [SkippableFact]
    public void Search_OnlyAndExcept_Apply()
    {
        var page = Log.Reader.Search(
            new EventQuery { Only = new HashSet<long> { 5, 17_000, 18_000 }, Except = new HashSet<long> { 17_000 } }, null, 10);

        Assert.Equal([18_000, 5], page.Records.Select(record => record.Sequence));
    }

    [SkippableTheory]
    [InlineData("' OR 1=1 --")]
    [InlineData("\"; DROP TABLE records; --")]
    [InlineData("%")]
    [InlineData("\0")]
    public void Search_TextThatIsCode_IsOnlyText(string text)
    {
        Assert.Equal(0, Log.Reader.Search(new EventQuery { Text = text }, null, 10).Total);
        Assert.Equal(0, Log.Reader.Search(new EventQuery { Terms = [new TermFilter(TermField.Tenant, [text])] }, null, 10).Total);
        Assert.Equal(0, Log.Reader.Search(new EventQuery { Fingerprint = text }, null, 10).Total);
    }

    [SkippableFact]
    public void ReadAfter_PieceByPiece_ReadsAllInOrder()
    {
        var query = new EventQuery { Terms = [new TermFilter(TermField.Severity, ["critical"])] };
        var read = new List<long>();
        for (var after = 0L; Log.Reader.ReadAfter(query, after, 1_000) is { Count: > 0 } piece; after = piece[^1].Sequence)
        {
            read.AddRange(piece.Select(record => record.Sequence));
        }

        Assert.Equal(Log.Records.Select((record, i) => (record, i)).Where(e => (int)e.record.Severity == 4).Select(e => e.i + 1L), read);
    }

    [SkippableFact]
    public async Task Search_WhileTheLogGrows_SeesNewRecords()
    {
        using var other = Log.Create();
        await using var writer = other.OpenWriter();
        await writer.AppendAsync(Some.Record(), CancellationToken.None);
        using var reader = other.OpenReader();
        var before = reader.Search(EventQuery.Everything, null, 10).Total;

        await writer.AppendAsync(Some.Record(1) with { Tenant = "newcomer" }, CancellationToken.None);

        Assert.Equal(1, before);
        Assert.Equal(2, reader.Search(EventQuery.Everything, null, 10).Total);
        Assert.Equal(1, reader.Search(new EventQuery { Text = "NEWCOMER" }, null, 10).Total);
    }

    private (EventQuery Query, Func<BlockRecord, bool> Predicate) RandomQuery(Random random)
    {
        var query = new EventQuery();
        var conditions = new List<Func<BlockRecord, bool>>();
        if (random.Next(2) == 0)
        {
            var tenants = new[] { $"tenant-{random.Next(12)}", $"tenant-{random.Next(12)}" };
            query = query with { Terms = [.. query.Terms, new TermFilter(TermField.Tenant, tenants)] };
            conditions.Add(record => tenants.Contains(record.Tenant));
        }

        if (random.Next(2) == 0)
        {
            var entity = random.Next(2) == 0 ? "ES_NIF" : "SECRET";
            query = query with { Terms = [.. query.Terms, new TermFilter(TermField.Entity, [entity])] };
            conditions.Add(record => record.Entities[0].Entity == entity);
        }

        if (random.Next(2) == 0)
        {
            var action = random.Next(2) == 0 ? "block" : "mask";
            query = query with { Terms = [.. query.Terms, new TermFilter(TermField.Action, [action])] };
            conditions.Add(record => RecordTerms.NameOf(record.Action) == action);
        }

        if (random.Next(2) == 0)
        {
            var since = Some.Start.AddSeconds(random.Next(FilledLog.Count));
            query = query with { Since = since };
            conditions.Add(record => record.Time >= since);
        }

        if (random.Next(2) == 0)
        {
            var until = Some.Start.AddSeconds(random.Next(FilledLog.Count));
            query = query with { Until = until };
            conditions.Add(record => record.Time < until);
        }

        if (random.Next(3) == 0)
        {
            query = query with { Text = "OF KIND 3" };
            conditions.Add(record => record.Reason.Contains("of kind 3", StringComparison.Ordinal));
        }
        else if (random.Next(4) == 0)
        {
            query = query with { Text = "Client-7" };
            conditions.Add(record => record.Client.StartsWith("client-7", StringComparison.Ordinal));
        }

        if (random.Next(5) == 0)
        {
            var clients = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => $"client-{random.Next(Some.Clients + 5)}").ToArray();
            query = query with { Terms = [.. query.Terms, new TermFilter(TermField.Client, clients)] };
            conditions.Add(record => clients.Contains(record.Client));
        }

        if (random.Next(3) == 0)
        {
            var fingerprint = Log.Records[random.Next(Log.Records.Count)].Fingerprints[0].Value;
            query = query with { Fingerprint = fingerprint };
            conditions.Add(record => record.Fingerprints[0].Value == fingerprint);
        }

        return (query, record => conditions.All(condition => condition(record)));
    }
}

public sealed class SqliteSearchTests(FilledSqliteLog log) : SearchSuite(log), IClassFixture<FilledSqliteLog>;

public sealed class PostgresSearchTests(FilledPostgresLog log) : SearchSuite(log), IClassFixture<FilledPostgresLog>;
