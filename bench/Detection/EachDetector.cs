using System.Globalization;
using EdgeFilter.Detection;

namespace EdgeFilter.Bench.Detection;

/// <summary>Measures every detector alone, to find the ones that cost: <c>bench/detection.sh --each</c>.</summary>
internal static class EachDetector
{
    private const int Shown = 25;

    public static void Run(DetectorCatalog catalog)
    {
        var blocks = Corpus.Prose(1 << 17).Chunk(2048).Select(block => new string(block)).ToList();
        var rows = new List<(string Name, double Nanoseconds, double Worst, string WorstText)>();
        foreach (var detector in catalog.Detectors)
        {
            var plan = catalog.Compile([detector]);
            Throughput.Measure(plan, blocks, TimeSpan.FromMilliseconds(40));
            var speed = Throughput.Measure(plan, blocks, TimeSpan.FromMilliseconds(60)).MegabytesPerSecond;
            var worst = Corpus.Hostile
                .Select(text => (text.Key, Seconds: Throughput.Once(plan, text.Value(1 << 14), 2)))
                .MaxBy(text => text.Seconds);
            rows.Add((detector.Id, 1e3 / speed, worst.Seconds * 1e9 / (1 << 14), worst.Key));
        }

        var nothing = Throughput.Measure(catalog.Compile([]), blocks, TimeSpan.FromMilliseconds(200)).MegabytesPerSecond;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows.Count} detectors, each alone; ns per character; a plan of none runs at {nothing:F0} MB/s\n"));
        Print("slowest on prose", rows.OrderByDescending(row => row.Nanoseconds));
        Print("slowest on a hostile text of 16 KiB", rows.OrderByDescending(row => row.Worst));
    }

    private static void Print(string title, IEnumerable<(string Name, double Nanoseconds, double Worst, string WorstText)> rows)
    {
        Console.WriteLine($"| {title} | prose ns | worst ns | on |");
        Console.WriteLine("|---|---:|---:|---|");
        foreach (var (name, prose, worst, text) in rows.Take(Shown))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {prose:F2} | {worst:F1} | {text} |"));
        }

        Console.WriteLine();
    }
}
