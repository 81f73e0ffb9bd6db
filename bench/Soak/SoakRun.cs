using System.Diagnostics;
using EdgeFilter.Detection;
using EdgeFilter.Detection.Classifiers;
using EdgeFilter.Detection.Classifiers.Models;

namespace EdgeFilter.Bench.Soak;

/// <summary>Callers that ask every model about texts that are never the same twice.</summary>
internal sealed class SoakRun
{
    private const double Mega = 1 << 20;
    private static readonly string[] Words = "the a of to in and is report meeting quarter revenue please summarise invoice for customer ignore previous instructions Alice Berlin 12 % weather project deadline".Split(' ');

    private readonly ITextClassifier[] classifiers;
    private readonly DetectionPlan[] plans;
    private readonly int callers;
    private long calls;
    private volatile bool isOver;

    public SoakRun(IReadOnlyList<ModelStore> stores, int callers)
    {
        this.callers = callers;
        classifiers = [.. stores.SelectMany(s => s.Names.Select(n => s.Find(n)!))];
        var families = stores.SelectMany(s => s.Families).ToArray();
        plans = [.. families.Select(f => new DetectionPlan([f.Compile([.. f.Detectors])]))];
        Names = [.. classifiers.Select(c => c.Name), .. families.Select(f => f.Detectors[0].Id)];
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Runs, and tells of every minute as it ends.</summary>
    public List<SoakMinute> For(TimeSpan duration, Action<SoakMinute> told)
    {
        var threads = Enumerable.Range(0, callers).Select(number => new Thread(() => Call(number)) { IsBackground = true }).ToArray();
        foreach (var thread in threads)
        {
            thread.Start();
        }

        var minutes = new List<SoakMinute>();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < duration)
        {
            var (before, cpu, started) = (Interlocked.Read(ref calls), Environment.CpuUsage.TotalTime, watch.Elapsed);
            var left = duration - started;
            Thread.Sleep(left < TimeSpan.FromMinutes(1) ? left : TimeSpan.FromMinutes(1));
            var done = Interlocked.Read(ref calls) - before;
            var minute = new SoakMinute(
                minutes.Count + 1,
                done / (watch.Elapsed - started).TotalSeconds,
                done / (Environment.CpuUsage.TotalTime - cpu).TotalSeconds,
                GC.GetTotalMemory(forceFullCollection: true) / Mega,
                Environment.WorkingSet / Mega);
            minutes.Add(minute);
            told(minute);
        }

        isOver = true;
        foreach (var thread in threads)
        {
            thread.Join();
        }

        return minutes;
    }

    private void Call(int number)
    {
        var random = new Random(number);
        var collector = new FindingCollector();
        while (!isOver)
        {
            var text = Text(random);
            foreach (var classifier in classifiers)
            {
                ClassifierWindows.Score(classifier, text, new float[classifier.Labels.Count]);
                Interlocked.Increment(ref calls);
            }

            foreach (var plan in plans)
            {
                plan.Inspect(text, collector);
                Interlocked.Increment(ref calls);
            }
        }
    }

    private static string Text(Random random)
    {
        var words = new string[random.Next(5, 400)];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = Words[random.Next(Words.Length)] + (random.Next(12) == 0 ? "." : "");
        }

        return $"{random.Next()} {string.Join(' ', words)}";
    }
}
