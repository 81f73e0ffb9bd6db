namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Where the exchange's time went.</summary>
/// <param name="FilterMicroseconds">CPU-side work of reading, detecting, deciding and splicing.</param>
/// <param name="HoldBackMicroseconds">How long the slowest piece of a stream waited for its verdict.</param>
/// <param name="UpstreamMilliseconds">From forwarding to the upstream's last byte; 0 when it was never asked.</param>
internal readonly record struct RecordTimings(long FilterMicroseconds, long HoldBackMicroseconds, long UpstreamMilliseconds);
