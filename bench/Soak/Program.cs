using System.Globalization;
using EdgeFilter.Bench.Soak;
using EdgeFilter.Detection.Classifiers.Models;

// Usage: EdgeFilter.Bench.Soak MINUTES CALLERS FOLDER...
if (args.Length < 3
    || !double.TryParse(args[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var minutes) || minutes is < 0.1 or > 600
    || !int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out var callers) || callers is < 1 or > 1024)
{
    await Console.Error.WriteLineAsync("usage: EdgeFilter.Bench.Soak MINUTES CALLERS FOLDER...");
    return 2;
}

// Nobody is refused for the wait that so many callers make for each other: what is measured is that it stays the same.
var options = new ModelRuntimeOptions { LongestWait = TimeSpan.FromMinutes(5), Deadline = TimeSpan.FromMinutes(5) };
var stores = args[2..].Select(folder => ModelStore.Open(folder, null, options)).ToArray();
var run = new SoakRun(stores, callers);
foreach (var refused in stores.SelectMany(s => s.Models).Where(m => m.Refused is not null))
{
    await Console.Error.WriteLineAsync($"not in the run: {refused.Refused!.Message}");
}

Console.WriteLine($"{callers} callers of {string.Join(", ", run.Names)}; {Environment.ProcessorCount} cores\n");
Console.WriteLine("| minute | calls a second | calls per second of processor time | managed memory, MB | resident memory, MB |");
Console.WriteLine("|---:|---:|---:|---:|---:|");
var measured = run.For(TimeSpan.FromMinutes(minutes), minute => Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"| {minute.Number} | {minute.CallsPerSecond:F0} | {minute.CallsPerCpuSecond:F0} | {minute.ManagedMegabytes:F1} | {minute.ResidentMegabytes:F1} |")));
foreach (var store in stores)
{
    store.Dispose();
}

var verdict = SoakVerdict.Of(measured);
Console.WriteLine("\n" + verdict.Text);
return verdict.IsFine ? 0 : 1;
