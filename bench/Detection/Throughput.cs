using EdgeFilter.Detection;

namespace EdgeFilter.Bench.Detection;

/// <summary>Scans texts on this thread and says how much of its processor time that took.</summary>
internal static class Throughput
{
    /// <summary>Scans the blocks again and again for the time given.</summary>
    /// <returns>Characters per second in millions (for ASCII: MB/s), bytes allocated per scan, findings per pass.</returns>
    public static (double MegabytesPerSecond, double AllocatedPerScan, int Findings) Measure(DetectionPlan plan, IReadOnlyList<string> blocks, TimeSpan duration)
    {
        var findings = new FindingCollector();
        var found = Pass(plan, blocks, findings);
        long scanned = 0;
        long scans = 0;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var began = ThreadClock.Seconds;
        do
        {
            Pass(plan, blocks, findings);
            scanned += blocks.Sum(block => (long)block.Length);
            scans += blocks.Count;
        }
        while (ThreadClock.Seconds - began < duration.TotalSeconds);

        var seconds = ThreadClock.Seconds - began;
        return (scanned / seconds / 1e6, (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / scans, found);
    }

    /// <summary>Seconds for one scan: the best of several, so that a pause of the machine is not taken for a property of the text.</summary>
    public static double Once(DetectionPlan plan, string text, int times)
    {
        var findings = new FindingCollector();
        var best = double.MaxValue;
        for (var i = 0; i < times; i++)
        {
            var began = ThreadClock.Seconds;
            plan.Inspect(text, findings);
            best = Math.Min(best, ThreadClock.Seconds - began);
        }

        return best;
    }

    private static int Pass(DetectionPlan plan, IReadOnlyList<string> blocks, FindingCollector findings)
    {
        var found = 0;
        foreach (var block in blocks)
        {
            plan.Inspect(block, findings);
            found += findings.Count;
        }

        return found;
    }
}
