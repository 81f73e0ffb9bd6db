using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Review;

/// <summary>What else of the log a waiver would have let through.</summary>
/// <param name="SameValue">Records of the rule with the same value as this one, itself included; null when it names no value.</param>
/// <param name="SameRule">Records of the rule and tenant, whatever the value.</param>
/// <param name="Sample">The newest of <paramref name="SameRule"/>: ids and times.</param>
internal sealed record WouldPass(long? SameValue, long SameRule, IReadOnlyList<WouldPass.Event> Sample)
{
    private const int SampleSize = 5;

    public static WouldPass? For(BlockRecord record, IBlockLogReader reader)
    {
        if (record.Rules.Count == 0)
        {
            return null;
        }

        var terms = new List<TermFilter> { new(TermField.Rule, [record.Rules[0]]) };
        if (record.Tenant.Length > 0)
        {
            terms.Add(new TermFilter(TermField.Tenant, [record.Tenant]));
        }

        var rule = new EventQuery { Terms = terms };
        var page = reader.Search(rule, before: null, SampleSize);
        return new WouldPass(
            record.Fingerprints.Count > 0 ? reader.Search(rule with { Fingerprint = record.Fingerprints[0].Value }, null, 1).Total : null,
            page.Total,
            [.. page.Records.Select(stored => new Event(stored.Record.Id, stored.Record.Time, RecordTerms.NameOf(stored.Record.Action)))]);
    }

    internal sealed record Event(Guid Id, DateTimeOffset Time, string Action);
}
