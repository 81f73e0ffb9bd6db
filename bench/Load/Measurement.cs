namespace EdgeFilter.Bench.Load;

/// <summary>What one target did with one kind of traffic, over all its rounds.</summary>
internal sealed class Measurement
{
    private readonly List<double> firstByte = [];
    private readonly List<double> total = [];

    public long Requests => total.Count;

    public double Seconds { get; private set; }

    /// <summary>Processor time of the target's processes, or null for the backend measured directly.</summary>
    public double? CpuSeconds { get; private set; }

    /// <summary>Highest resident memory seen, in MiB.</summary>
    public double ResidentMiB { get; private set; }

    public double RequestsPerSecond => Requests / Seconds;

    public double? CpuMicroseconds => CpuSeconds * 1e6 / Requests;

    public void Add(IEnumerable<(double FirstByte, double Total)> exchanges, double seconds, double? cpuSeconds, double residentMiB)
    {
        foreach (var (first, last) in exchanges)
        {
            firstByte.Add(first);
            total.Add(last);
        }

        Seconds += seconds;
        CpuSeconds = cpuSeconds is { } more ? (CpuSeconds ?? 0) + more : CpuSeconds;
        ResidentMiB = Math.Max(ResidentMiB, residentMiB);
    }

    public double Total(double quantile) => Quantile(total, quantile);

    public double FirstByte(double quantile) => Quantile(firstByte, quantile);

    private static double Quantile(List<double> values, double quantile)
    {
        if (values.Count == 0)
        {
            return double.NaN;
        }

        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(quantile * sorted.Count))];
    }
}
