namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Records of a query, newest first.</summary>
/// <param name="Records">At most as many as were asked for.</param>
/// <param name="Total">How many records the whole query has, this page's position aside.</param>
/// <param name="NextBefore">Pass it as <c>before</c> for the next page; null on the last.</param>
internal sealed record EventPage(IReadOnlyList<StoredRecord> Records, long Total, long? NextBefore);
