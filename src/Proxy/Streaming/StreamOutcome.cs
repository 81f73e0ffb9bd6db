namespace EdgeFilter.Proxy.Streaming;

/// <summary>What became of a stream, for its record.</summary>
/// <param name="End">How it ended for the client.</param>
/// <param name="Problem">Why it failed, when it did.</param>
/// <param name="Coverage">What was not inspected as described.</param>
/// <param name="UpstreamReportedError">The upstream's last event was an error of its own.</param>
/// <param name="BytesRead">From the upstream.</param>
/// <param name="FirstSent">From the beginning of the pump to the first bytes sent; null when none were.</param>
/// <param name="Failure">The exception behind <paramref name="Problem"/>, if there was one.</param>
internal sealed record StreamOutcome(
    StreamEnd End,
    StreamProblem? Problem,
    StreamCoverage Coverage,
    bool UpstreamReportedError,
    long BytesRead,
    TimeSpan? FirstSent,
    Exception? Failure);
