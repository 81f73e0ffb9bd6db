using System.Diagnostics;
using System.Globalization;
using EdgeFilter.Acceptance.Wire;
using EdgeFilter.Proxy.Simulation;

var rounds = RoundsOf(args);
if (rounds < 1)
{
    Console.Error.WriteLine("usage: durability [ROUNDS]   (100 without a number)");
    return 2;
}

await using var provider = await SimulatedProvider.StartAsync();
var watch = Stopwatch.StartNew();
var report = await KillRounds.RunAsync(provider.Url, rounds, progress =>
{
    if (progress.Round % 10 == 0)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"killed {progress.Round} times, {progress.Seen:N0} blocks seen by clients"));
    }
});
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{report.Rounds} kills in {watch.Elapsed.TotalMinutes:F1} minutes: {report.Seen:N0} blocks seen, {report.Missing} missing; " +
    $"chain of {report.Chain.Checked:N0} records {(report.Chain.IsIntact ? "intact" : report.Chain.Problem.ToString())}"));
return report.IsSound ? 0 : 1;

static int RoundsOf(string[] args) => args.Length == 0 ? 100
    : args.Length == 1 && int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
