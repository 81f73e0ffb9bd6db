using System.Diagnostics;
using System.Globalization;
using EdgeFilter.Bench.Fuzz;

// bench/fuzz.sh TARGET [--minutes N] [--seed N]
var root = args.ElementAtOrDefault(0) ?? ".";
IFuzzTarget[] targets =
[
    new BodyTarget(Path.Combine(root, "tests", "Proxy", "WireProtocols", "Samples")), new CodingTarget(), new FormTarget(), new LineTarget(),
    new StreamTarget(), new SocketTarget(),
];
var target = targets.FirstOrDefault(t => t.Name == args.ElementAtOrDefault(1));
if (target is null)
{
    Console.Error.WriteLine($"Usage: bench/fuzz.sh {string.Join('|', targets.Select(t => t.Name))} [--minutes N] [--seed N]");
    return 2;
}

var limit = TimeSpan.FromMinutes(double.Parse(Option("--minutes") ?? "10", CultureInfo.InvariantCulture));
var first = int.Parse(Option("--seed") ?? Environment.TickCount.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
var last = Option("--seed") is null ? int.MaxValue : first;
var clock = Stopwatch.StartNew();
var tried = 0L;
var accepted = 0L;
for (var seed = first; clock.Elapsed < limit && seed <= last; seed++, tried++)
{
    var random = new Random(seed);
    var input = Mutation.Of(target.Seeds, random);
    var began = clock.Elapsed;
    try
    {
        accepted += target.Try(input, random) ? 1 : 0;
    }
    catch (Exception error) when (error is not OutOfMemoryException)
    {
        Console.Error.WriteLine($"{target.Name}: seed {seed}: {error}");
        return 1;
    }

    if (clock.Elapsed - began > TimeSpan.FromSeconds(5))
    {
        Console.Error.WriteLine($"{target.Name}: seed {seed} took {(clock.Elapsed - began).TotalSeconds:F1} s.");
        return 1;
    }

    if (seed == int.MaxValue)
    {
        break;
    }
}

Console.WriteLine($"{target.Name}: {tried:N0} inputs, {accepted:N0} of them accepted, in {clock.Elapsed.TotalMinutes:F1} minutes, nothing found; {GC.GetTotalMemory(true) / 1024:N0} KB in use.");
return 0;

string? Option(string name) => Array.IndexOf(args, name) is var i and >= 0 && i + 1 < args.Length ? args[i + 1] : null;
