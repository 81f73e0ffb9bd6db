using System.Buffers;
using EdgeFilter.Detection;
using EdgeFilter.Detection.Classifiers;
using EdgeFilter.Detection.Normalization;
using EdgeFilter.Detection.Streaming;
using EdgeFilter.Policies.Compilation;

namespace EdgeFilter.Policies.Decisions;

/// <summary>
/// Asks the classifiers of a plan about a text: once in large windows when it is whole, or at each sentence end as it grows.
/// Keeps the highest score of each label. Not thread-safe.
/// </summary>
internal sealed class ClassifierJudge
{
    /// <summary>A judgement costs as much as a token: short sentences are judged together.</summary>
    private const int MinStep = 80;

    private readonly SegmentPlan plan;
    private readonly float[][] highest;
    private readonly float[][] latest;
    private readonly float[][] scratch;
    private readonly ClassifierStage[] stages;
    private readonly bool[] failed;
    private readonly int windowLength;
    private char[] recent = [];
    private int recentLength;

    public ClassifierJudge(SegmentPlan plan)
    {
        this.plan = plan;
        highest = [.. plan.Classifiers.Select(c => new float[c.Labels.Count])];
        latest = [.. plan.Classifiers.Select(c => new float[c.Labels.Count])];
        scratch = [.. plan.Classifiers.Select(c => new float[c.Labels.Count])];
        stages = new ClassifierStage[plan.Classifiers.Length];
        failed = new bool[plan.Classifiers.Length];
        windowLength = plan.Classifiers.IsEmpty ? 0 : plan.Classifiers.Max(c => c.WindowLength);
    }

    /// <summary>How much of the text has been judged: the place of the last break.</summary>
    public int JudgedTo { get; private set; }

    /// <summary>Judges a text that is there as a whole. The pieces overlap by a quarter, so that nothing falls between two.</summary>
    /// <param name="text">The text.</param>
    /// <param name="onWindow">Called after each window with its span; false ends the judgement.</param>
    public void JudgeWhole(ReadOnlySpan<char> text, Func<TextSpan, bool> onWindow)
    {
        var length = Math.Max(windowLength, 1);
        for (var start = 0; start == 0 || start < text.Length; start += length - (length / 4))
        {
            var end = Math.Min(text.Length, start + length);
            Score(text[start..end]);
            JudgedTo = end;
            if (!onWindow(TextSpan.FromBounds(start, end)) || end == text.Length)
            {
                return;
            }
        }
    }

    /// <summary>Takes more text and judges at every break in it. The span given is the part that is new since the last break.</summary>
    public void Push(ReadOnlySpan<char> delta, bool isFinal, Func<TextSpan, bool> onBreak)
    {
        Append(delta);
        while (true)
        {
            var pendingStart = recentLength - (received - JudgedTo);
            var step = SentenceBreaks.Next(recent.AsSpan(pendingStart, recentLength - pendingStart), MinStep, isFinal);
            if (step == 0)
            {
                Trim();
                return;
            }

            var end = pendingStart + step;
            if (plan.Classifiers.Length > 0)
            {
                Score(recent.AsSpan(Math.Max(0, end - windowLength), Math.Min(end, windowLength)));
            }

            var piece = new TextSpan(JudgedTo, step);
            JudgedTo += step;
            if (!onBreak(piece))
            {
                return;
            }
        }
    }

    /// <summary>The score of a label in the last window; null when the classifier could not answer.</summary>
    public float? Latest(ITextClassifier classifier, int label) => Read(latest, classifier, label);

    /// <summary>The last stage of a classifier that had a say in the last window.</summary>
    public ClassifierStage LatestStage(ITextClassifier classifier) => stages[plan.Classifiers.IndexOf(classifier)];

    /// <summary>The highest score of a label in any window so far; null when the classifier could not answer.</summary>
    public float? Highest(ITextClassifier classifier, int label) => Read(highest, classifier, label);

    public void Release()
    {
        if (recent.Length > 0)
        {
            ArrayPool<char>.Shared.Return(recent, clearArray: true);
            recent = [];
            recentLength = 0;
        }
    }

    private int received;

    private float? Read(float[][] scores, ITextClassifier classifier, int label)
    {
        var index = plan.Classifiers.IndexOf(classifier);
        return failed[index] ? null : scores[index][label];
    }

    /// <summary>Scores a window as a model would read it, and what it hides; the highest score of each label counts.</summary>
    private void Score(ReadOnlySpan<char> window)
    {
        var rendered = ReadableText.Render(window);
        for (var i = 0; i < plan.Classifiers.Length; i++)
        {
            if (failed[i])
            {
                continue;
            }

            Array.Clear(latest[i]);
            stages[i] = default;
            try
            {
                Score(i, rendered.Text is null ? window : rendered.Text);
                foreach (var fragment in rendered.Fragments)
                {
                    Score(i, fragment);
                }
            }
            catch (ClassifierException)
            {
                // The rules that need it decide what follows; the model store has logged why.
                failed[i] = true;
                continue;
            }

            for (var label = 0; label < latest[i].Length; label++)
            {
                highest[i][label] = Math.Max(highest[i][label], latest[i][label]);
            }
        }
    }

    private void Score(int index, ReadOnlySpan<char> text)
    {
        var classifier = plan.Classifiers[index];
        var scores = scratch[index];

        // A model with shorter windows than another's gets the text in several: its last one alone would leave the rest unread.
        var stage = ClassifierWindows.Score(classifier, text, scores);
        stages[index] = stage > stages[index] ? stage : stages[index];
        for (var label = 0; label < scores.Length; label++)
        {
            latest[index][label] = Math.Max(latest[index][label], scores[label]);
        }
    }

    private void Append(ReadOnlySpan<char> delta)
    {
        if (recentLength + delta.Length > recent.Length)
        {
            var larger = ArrayPool<char>.Shared.Rent(Math.Max(512, Math.Max(recentLength + delta.Length, recentLength * 2)));
            recent.AsSpan(0, recentLength).CopyTo(larger);
            if (recent.Length > 0)
            {
                ArrayPool<char>.Shared.Return(recent, clearArray: true);
            }

            recent = larger;
        }

        delta.CopyTo(recent.AsSpan(recentLength));
        recentLength += delta.Length;
        received += delta.Length;
    }

    // Keeps what the next window can still reach back to.
    private void Trim()
    {
        var pending = received - JudgedTo;
        var keep = Math.Min(recentLength, windowLength + pending);
        if (recentLength - keep > recentLength / 2)
        {
            recent.AsSpan(recentLength - keep, keep).CopyTo(recent);
            recentLength = keep;
        }
    }
}
