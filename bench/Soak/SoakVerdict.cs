using System.Globalization;

namespace EdgeFilter.Bench.Soak;

/// <summary>Whether a run stayed what it was in its first minutes.</summary>
internal sealed record SoakVerdict(bool IsFine, string Text)
{
    private const double LeastSpeed = 0.9;
    private const double MostMemory = 1.05;

    /// <summary>Memory is compared with the second minute: pools and caches fill in the first.</summary>
    public static SoakVerdict Of(IReadOnlyList<SoakMinute> minutes)
    {
        if (minutes.Count < 3)
        {
            return new SoakVerdict(true, "Too short to judge: three minutes at least.");
        }

        var first = minutes[0];
        var slowest = minutes.Min(m => m.CallsPerCpuSecond) / first.CallsPerCpuSecond;
        var managed = minutes[^1].ManagedMegabytes / minutes[1].ManagedMegabytes;
        var resident = minutes[^1].ResidentMegabytes / minutes[1].ResidentMegabytes;
        var isFine = slowest >= LeastSpeed && managed <= MostMemory && resident <= MostMemory;
        return new SoakVerdict(isFine, string.Create(
            CultureInfo.InvariantCulture,
            $"{(isFine ? "fine" : "NOT FINE")}: the slowest minute did {slowest:P1} of the first's work for the same processor time (at least {LeastSpeed:P0}); from the second minute to the last, managed memory x {managed:F3}, resident x {resident:F3} (at most {MostMemory:F2})."));
    }
}
