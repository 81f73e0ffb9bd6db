namespace EdgeFilter.Proxy.BlockLog;

/// <summary>What several fields of a query's records say.</summary>
/// <param name="Total">How many records the query has.</param>
/// <param name="Fields">The most frequent texts of each field, most frequent first.</param>
internal sealed record FacetCounts(long Total, IReadOnlyDictionary<TermField, IReadOnlyList<TermCount>> Fields);
