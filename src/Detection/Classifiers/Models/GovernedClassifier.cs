using System.Diagnostics;

namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>A second stage that runs on the caller's own core: only as many at a time as the governor has room for.</summary>
internal sealed class GovernedClassifier(ITextClassifier classifier, ModelGovernor governor, TimeSpan deadline) : ITextClassifier
{
    public string Name => classifier.Name;

    public IReadOnlyList<string> Labels => classifier.Labels;

    public int WindowLength => classifier.WindowLength;

    public int WindowOverlap => classifier.WindowOverlap;

    public void Score(ReadOnlySpan<char> window, Span<float> scores)
    {
        governor.Admit(Name);
        var started = Stopwatch.GetTimestamp();
        lock (governor.Slots)
        {
            while (!governor.TryTakeSlot())
            {
                var left = deadline - Stopwatch.GetElapsedTime(started);
                if (left <= TimeSpan.Zero)
                {
                    throw new ClassifierException($"Model '{Name}' did not answer in time.");
                }

                Monitor.Wait(governor.Slots, left);
            }
        }

        try
        {
            governor.Observe(Stopwatch.GetElapsedTime(started));
            classifier.Score(window, scores);
        }
        finally
        {
            lock (governor.Slots)
            {
                governor.ReturnSlot();
                Monitor.PulseAll(governor.Slots);
            }
        }
    }

    public float? NamedThreshold(string label, string name) => classifier.NamedThreshold(label, name);
}
