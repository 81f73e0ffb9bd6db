namespace EdgeFilter.Proxy.BlockLog;

/// <summary>How many records of a query fall into a stretch of time, by action.</summary>
/// <param name="Start">When the stretch begins; it ends where the next begins.</param>
/// <param name="Actions">Counts by action, without those that have none.</param>
internal sealed record TimeBucket(DateTimeOffset Start, IReadOnlyDictionary<string, long> Actions);
