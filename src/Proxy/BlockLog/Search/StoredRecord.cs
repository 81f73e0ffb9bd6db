namespace EdgeFilter.Proxy.BlockLog;

/// <summary>A record and its number in the log.</summary>
/// <param name="Sequence">1 for the log's first record; also the cursor for paging and export.</param>
/// <param name="Record">What was recorded.</param>
internal sealed record StoredRecord(long Sequence, BlockRecord Record);
