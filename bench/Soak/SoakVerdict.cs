using System.Globalization;

namespace EdgeFilter.Bench.Soak;

/// <summary>Whether a run stayed what it was in its first minutes.</summary>
internal sealed record SoakVerdict(bool IsFine, string Text)
{
    private const double LeastSpeed = 0.9;
    private const double MostMemory = 1.05;

    /// <summary>By so much two looks differ through what 64 callers have in hand, in a heap of less than 20 MB.</summary>
    private const double MegabytesInHand = 4;

    /// <summary>
    /// Memory is compared by the middle one of three minutes, the last three with the second to fourth: pools and caches fill in the
    /// first, and what callers have in hand at the moment of a look differs by megabytes.
    /// </summary>
    public static SoakVerdict Of(IReadOnlyList<SoakMinute> minutes)
    {
        if (minutes.Count < 7)
        {
            return new SoakVerdict(true, "Too short to judge: seven minutes at least.");
        }

        var first = minutes[0];
        var slowest = minutes.Min(m => m.CallsPerCpuSecond) / first.CallsPerCpuSecond;
        var (early, late) = (minutes.Skip(1).Take(3), minutes.TakeLast(3));
        var (managed, managedLater) = (Middle(early, m => m.ManagedMegabytes), Middle(late, m => m.ManagedMegabytes));
        var (resident, residentLater) = (Middle(early, m => m.ResidentMegabytes), Middle(late, m => m.ResidentMegabytes));
        var isFine = slowest >= LeastSpeed && managedLater <= Most(managed) && residentLater <= Most(resident);
        return new SoakVerdict(isFine, string.Create(
            CultureInfo.InvariantCulture,
            $"{(isFine ? "fine" : "NOT FINE")}: the slowest minute did {slowest:P1} of the first's work for the same processor time (at least {LeastSpeed:P0}); from the second to fourth minute to the last three, managed memory {managed:F1} -> {managedLater:F1} MB (at most {Most(managed):F1}), resident {resident:F1} -> {residentLater:F1} MB (at most {Most(resident):F1})."));
    }

    private static double Most(double before) => Math.Max(before * MostMemory, before + MegabytesInHand);

    private static double Middle(IEnumerable<SoakMinute> three, Func<SoakMinute, double> value) => three.Select(value).Order().ElementAt(1);
}
