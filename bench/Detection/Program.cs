using System.Globalization;
using System.Text.Json;
using EdgeFilter.Bench.Detection;
using EdgeFilter.Detection.Catalog;

// Usage: EdgeFilter.Bench.Detection ROOT HYPERSCAN-SCANNER|- [--quick|--each]
if (args.Length is < 2 or > 3 || args is [_, _, not ("--quick" or "--each")])
{
    await Console.Error.WriteLineAsync("usage: EdgeFilter.Bench.Detection ROOT HYPERSCAN-SCANNER|- [--quick|--each]");
    return 2;
}

const int Block = 2048;
var quick = args.Length == 3;
var duration = TimeSpan.FromSeconds(quick ? 1 : 4);
var catalog = BuiltInDetectors.CreateCatalog();
var plan = catalog.Compile(catalog.Detectors);

if (args is [.., "--each"])
{
    EachDetector.Run(catalog);
    return 0;
}

var prose = Corpus.Prose(1 << 20);
var blocks = prose.Chunk(Block).Select(block => new string(block)).ToList();
var corpus = Path.Combine(Path.GetTempPath(), $"edgefilter-corpus-{Environment.ProcessId}.txt");
await File.WriteAllTextAsync(corpus, prose);

// Alternating rounds, the best of each: what else the machine does falls on both.
double yardstick = 0, ours = 0, allocated = 0;
var found = 0;
Throughput.Measure(plan, blocks, duration);
for (var round = 0; round < 3; round++)
{
    if (args[1] != "-")
    {
        yardstick = Math.Max(yardstick, Hyperscan.MegabytesPerSecond(args[1], Path.Combine(args[0], "bench/hyperscan/patterns.txt"), corpus, Block, duration));
    }

    var measured = Throughput.Measure(plan, blocks, duration);
    ours = Math.Max(ours, measured.MegabytesPerSecond);
    (allocated, found) = (measured.AllocatedPerScan, measured.Findings);
}

File.Delete(corpus);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{catalog.Detectors.Count} detectors, one core, prose in blocks of {Block} characters\n"));
Console.WriteLine("| text | MB/s | × Hyperscan | bytes allocated per scan | findings |");
Console.WriteLine("|---|---:|---:|---:|---:|");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| Hyperscan, 25 patterns | {yardstick:F0} | 1.00 | | |"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| prose | {ours:F0} | {Ratio(ours):F2} | {allocated:F1} | {found} |"));

var rows = new List<object> { new { text = "prose", megabytesPerSecond = ours, timesHyperscan = Ratio(ours), allocatedPerScan = allocated, findings = found } };
const int Mebi = 1 << 20;
var growth = new List<(string Name, double Sixteenth, double One, double Two, double Four)>();
foreach (var (name, make) in Corpus.Hostile)
{
    // A text that takes this long is slow enough to be reported without its longer versions.
    const double Patience = 5;
    var times = quick ? 1 : 3;

    // A proxy that has run for a while is measured, neither the compiler at its first such text nor what detectors prepare and keep
    // when they first meet it.
    Throughput.Once(plan, make(Mebi), 1);
    Throughput.Measure(plan, [make(Mebi / 64)], TimeSpan.FromSeconds(0.4));
    var sixteenth = Throughput.Once(plan, make(Mebi / 16), times);
    var one = sixteenth > Patience ? double.NaN : Throughput.Once(plan, make(Mebi), times);
    var two = one > Patience || double.IsNaN(one) ? double.NaN : Throughput.Once(plan, make(2 * Mebi), times);
    var four = two > Patience || double.IsNaN(two) ? double.NaN : Throughput.Once(plan, make(4 * Mebi), times);
    growth.Add((name, sixteenth, one, two, four));
    var speed = double.IsNaN(one) ? Mebi / 16 / sixteenth / 1e6 : Mebi / one / 1e6;
    rows.Add(new { text = name, megabytesPerSecond = speed, timesHyperscan = Ratio(speed), secondsFor1MiB = Known(one), secondsFor2MiB = Known(two), secondsFor4MiB = Known(four) });
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name}, 1 MiB on one line | {speed:F0} | {Ratio(speed):F2} | | |"));
}

// Linear growth is 16, 2 and 2. A dash: not measured, because the shorter text had already used up the patience.
Console.WriteLine("\n| text | 1/16 MiB ms | 1 MiB ms | 2 MiB ms | 4 MiB ms | growth 1/16→1 | 1→2 | 2→4 |");
Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
foreach (var (name, sixteenth, one, two, four) in growth)
{
    Console.WriteLine($"| {name} | {Shown(sixteenth * 1e3)} | {Shown(one * 1e3)} | {Shown(two * 1e3)} | {Shown(four * 1e3)} | {Shown(one / sixteenth)} | {Shown(two / one)} | {Shown(four / two)} |");
}

var results = Path.Combine(args[0], "bench/results");
Directory.CreateDirectory(results);
await File.WriteAllTextAsync(Path.Combine(results, "detection.json"), JsonSerializer.Serialize(
    new { detectors = catalog.Detectors.Count, blockCharacters = Block, hyperscanMegabytesPerSecond = yardstick, results = rows },
    JsonSerializerOptions.Web) + "\n");
return 0;

static string Shown(double value) => double.IsNaN(value) ? "–" : value.ToString("F1", CultureInfo.InvariantCulture);

static double? Known(double seconds) => double.IsNaN(seconds) ? null : seconds;

double? Ratio(double speed) => yardstick > 0 ? speed / yardstick : null;
