using System.Diagnostics;
using EdgeFilter.Policies.Combining;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Selection;

namespace EdgeFilter.Bench.Policies;

/// <summary>500 policies with 50 rules each, from bytes to the policy in force: cold, as at a start, and warm, as at a reload.</summary>
internal static class CompileRun
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    public static int Run()
    {
        _ = Sample.Scope;
        var files = Sample.Policies(500, 50);
        var slowest = TimeSpan.Zero;
        foreach (var name in new[] { "cold", "warm" })
        {
            var process = Process.GetCurrentProcess();
            var cpu = process.TotalProcessorTime;
            var started = Stopwatch.GetTimestamp();
            var set = new PolicySetReader(Sample.Scope).Read(files).Set!;
            var read = Stopwatch.GetElapsedTime(started);
            var policy = new PolicySelector(new CompiledSet(set, Sample.Scope)).For(PolicyContext.Anyone);
            var all = Stopwatch.GetElapsedTime(started);
            process.Refresh();
            Console.WriteLine($"{name}: {policy.Rules.Length} rules read and checked in {read.TotalSeconds:0.00} s, in force after {all.TotalSeconds:0.00} s ({(process.TotalProcessorTime - cpu).TotalSeconds:0.00} s of processor time)");
            slowest = all > slowest ? all : slowest;
        }

        MeasureDecisions();
        return slowest < Budget ? 0 : 1;
    }

    // Processor time, which other programs on the machine don't stretch as they stretch the benchmark's wall time.
    private static void MeasureDecisions()
    {
        var benchmark = new DecideBenchmark();
        benchmark.Setup();
        Console.WriteLine($"decide, values seen lately:    {Measure(benchmark):0.00} µs of processor time");
        benchmark.WithNewValues();
        Console.WriteLine($"decide, values not seen yet:   {Measure(benchmark):0.00} µs of processor time");
        benchmark.WithoutFingerprints();
        Console.WriteLine($"decide, fingerprints left out: {Measure(benchmark):0.00} µs of processor time");
    }

    private static double Measure(DecideBenchmark benchmark)
    {
        const int Rounds = 100_000;
        var cpu = TimeSpan.Zero;
        for (var round = 0; round < 2; round++)
        {
            var process = Process.GetCurrentProcess();
            var before = process.TotalProcessorTime;
            for (var i = 0; i < Rounds; i++)
            {
                benchmark.SelectAndDecide();
            }

            process.Refresh();
            cpu = process.TotalProcessorTime - before;
        }

        return cpu.TotalMicroseconds / Rounds;
    }
}
