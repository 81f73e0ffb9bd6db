namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Reads the block log, beside whoever writes it. Safe for several threads.</summary>
internal interface IBlockLogReader : IDisposable
{
    LogSummary Summary();

    /// <summary>A page of records, newest first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="before">Only records with a lower number: the last page's <see cref="EventPage.NextBefore"/>.</param>
    /// <param name="limit">1 to 1,000.</param>
    EventPage Search(EventQuery query, long? before, int limit);

    /// <summary>The most frequent texts of a field within a query, most frequent first.</summary>
    IReadOnlyList<TermCount> Count(EventQuery query, TermField field, int top);

    /// <summary>
    /// How many records a query has, and the most frequent texts of some fields. A field's own filters don't count for it: one sees what
    /// else could be chosen.
    /// </summary>
    FacetCounts Facets(EventQuery query, IReadOnlyList<TermField> fields, int top);

    /// <summary>Records over time: <paramref name="buckets"/> stretches of equal length between two times.</summary>
    IReadOnlyList<TimeBucket> Histogram(EventQuery query, DateTimeOffset from, DateTimeOffset to, int buckets);

    StoredRecord? Find(Guid id);

    /// <summary>The query's records behind a number, oldest first: what exports and shipping read, a piece at a time.</summary>
    IReadOnlyList<StoredRecord> ReadAfter(EventQuery query, long after, int limit);
}
