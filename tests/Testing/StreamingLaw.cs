using System.Globalization;
using System.Text;
using EdgeFilter.Detection;
using EdgeFilter.Detection.Streaming;

namespace EdgeFilter.Testing;

/// <summary>
/// Law 1, checked: whatever way a text is cut, a <see cref="StreamingInspector"/> reports exactly the findings that the plan
/// reports for the whole text, and none of them after it has said that everything up to there is judged.
/// </summary>
public static class StreamingLaw
{
    /// <summary>Checks texts that are put together at random from seeds, evasions of them and filler.</summary>
    /// <param name="plan">The detectors under test.</param>
    /// <param name="seeds">Values that the plan finds; near misses are as useful.</param>
    /// <param name="evasions">Transformations to apply to some of the seeds; see <see cref="Evasions"/>.</param>
    /// <param name="rounds">How many texts are tried, each with several ways to cut it.</param>
    /// <param name="seed">Makes a run repeatable.</param>
    /// <exception cref="StreamingLawException">The law is broken; the message carries the smallest text found that shows it.</exception>
    public static void Check(
        DetectionPlan plan,
        IReadOnlyList<string> seeds,
        IReadOnlyList<Evasion>? evasions = null,
        int rounds = 200,
        int seed = 1)
    {
        var random = new Random(seed);
        var composer = new TextComposer(seeds, evasions ?? [], random);
        for (var round = 0; round < rounds; round++)
        {
            CheckText(plan, composer.Next(), random.Next());
        }
    }

    /// <summary>Checks one text with several ways to cut it, one character at a time among them.</summary>
    public static void CheckText(DetectionPlan plan, string text, int seed = 1)
    {
        var random = new Random(seed);
        foreach (var longest in (int[])[1, 3, 17, Math.Max(1, text.Length / 2)])
        {
            var cutSeed = random.Next();
            if (Violation(plan, text, longest, cutSeed) is not null)
            {
                var shortest = Shrink(text, candidate => Violation(plan, candidate, longest, cutSeed) is not null);
                throw new StreamingLawException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Violation(plan, shortest, longest, cutSeed)} Pieces of up to {longest} (seed {cutSeed}) of: {Escape(shortest)}"));
            }
        }
    }

    /// <summary>Null when the law holds for the text cut into random pieces of up to <paramref name="longest"/> code units.</summary>
    private static string? Violation(DetectionPlan plan, string text, int longest, int cutSeed)
    {
        var whole = new FindingCollector();
        plan.Inspect(text, whole);
        var expected = whole.Findings.ToArray();

        var random = new Random(cutSeed);
        var streamed = new List<Finding>();
        using var inspector = new StreamingInspector(plan);
        for (var at = 0; ;)
        {
            var judgedBefore = inspector.JudgedTo;
            var length = Math.Min(text.Length - at, random.Next(1, longest + 1));
            if (at < text.Length)
            {
                inspector.Push(text.AsSpan(at, length));
            }
            else
            {
                inspector.Complete();
            }

            foreach (var finding in inspector.Settled)
            {
                if (finding.Span.Start < judgedBefore)
                {
                    return $"Late: {Describe(finding)} was settled after {judgedBefore} had been called judged.";
                }

                streamed.Add(finding);
            }

            inspector.Release(inspector.JudgedTo);
            if (at >= text.Length)
            {
                break;
            }

            at += length;
        }

        var missing = expected.Except(streamed).ToArray();
        var invented = streamed.Except(expected).ToArray();
        if (missing.Length > 0 || invented.Length > 0)
        {
            return $"Missing from the stream: [{string.Join("; ", missing.Select(Describe))}]; "
                + $"only in the stream: [{string.Join("; ", invented.Select(Describe))}].";
        }

        return streamed.Count == expected.Length ? null : "The stream reports a finding twice.";
    }

    private static string Shrink(string text, Func<string, bool> fails)
    {
        for (var size = text.Length / 2; size > 0; size /= 2)
        {
            for (var at = 0; at + size <= text.Length;)
            {
                var shorter = text.Remove(at, size);
                if (fails(shorter))
                {
                    text = shorter;
                }
                else
                {
                    at += size;
                }
            }
        }

        return text;
    }

    private static string Describe(Finding finding) => string.Create(
        CultureInfo.InvariantCulture,
        $"{finding.Detector.Id} {finding.Span.Start}..{finding.Span.End} {finding.Confidence} {finding.View}");

    private static string Escape(string text)
    {
        var escaped = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c is >= ' ' and <= '~' and not '"' and not '\\'
                ? escaped.Append(c)
                : escaped.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        return escaped.Append('"').ToString();
    }
}
