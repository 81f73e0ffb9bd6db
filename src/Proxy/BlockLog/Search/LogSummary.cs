namespace EdgeFilter.Proxy.BlockLog;

/// <summary>The log as a whole.</summary>
/// <param name="Records">Records in it now.</param>
/// <param name="FirstSequence">Number of its oldest record, 0 when empty; above 1 once retention has removed some.</param>
/// <param name="LastSequence">Number of its newest record.</param>
/// <param name="Oldest">When the oldest decision was taken.</param>
/// <param name="Newest">When the newest decision was taken.</param>
/// <param name="Bytes">Size of its files; 0 when the store can't say.</param>
internal sealed record LogSummary(
    long Records, long FirstSequence, long LastSequence, DateTimeOffset? Oldest, DateTimeOffset? Newest, long Bytes);
