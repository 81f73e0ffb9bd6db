using System.Diagnostics;

namespace EdgeFilter.Proxy.Candidates;

/// <summary>
/// Processor time that a candidate may use: so much of a core over time. What is not used in quiet times is not saved up for busy
/// ones. Time is measured by the clock on the wall: on a busy machine a candidate counts as dearer than it is, and yields. For one
/// thread.
/// </summary>
/// <param name="share">Of one core, above 0 to 1.</param>
internal sealed class CandidateBudget(double share)
{
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(100);

    private TimeSpan left = Burst;
    private long seen = Stopwatch.GetTimestamp();

    /// <summary>Counts what was used.</summary>
    /// <returns>How long to rest before more may be used; zero or less for no rest.</returns>
    public TimeSpan Spend(TimeSpan used)
    {
        var now = Stopwatch.GetTimestamp();
        left += (Stopwatch.GetElapsedTime(seen, now) * share) - used;
        left = left < Burst ? left : Burst;
        seen = now;
        return left.Negate() / share;
    }
}
