namespace EdgeFilter.Detection.Classifiers.Evaluation;

/// <summary>How well scores tell positives from negatives. Undefined figures are <see cref="double.NaN"/>.</summary>
public sealed record ClassifierMetrics
{
    /// <summary>Equal parts of the score's scale over which calibration is compared.</summary>
    public const int Bins = 10;

    public required int Positives { get; init; }

    public required int Negatives { get; init; }

    /// <summary>The probability that a positive scores above a negative; ties count half.</summary>
    public required double Auroc { get; init; }

    /// <summary>Average precision: the area under precision over recall.</summary>
    public required double Auprc { get; init; }

    /// <summary>The mean distance between score and truth over <see cref="Bins"/> bins, weighted by size.</summary>
    public required double CalibrationError { get; init; }

    /// <summary>For each bin: how many texts, their mean score, and the part of them that is positive.</summary>
    public required IReadOnlyList<(int Count, double MeanScore, double PositiveRate)> Reliability { get; init; }

    public static ClassifierMetrics Of(IEnumerable<ScoredText> texts)
    {
        var ordered = texts.OrderByDescending(t => t.Score).ToArray();
        var positives = ordered.Count(t => t.IsPositive);
        var negatives = ordered.Length - positives;
        double above = 0, area = 0, precision = 0;
        int truePositives = 0, seen = 0;
        for (var start = 0; start < ordered.Length;)
        {
            // Texts of one score are one step: their order among themselves means nothing.
            var end = start;
            var good = 0;
            while (end < ordered.Length && ordered[end].Score == ordered[start].Score)
            {
                good += ordered[end++].IsPositive ? 1 : 0;
            }

            var bad = end - start - good;
            above += bad * (truePositives + (good / 2.0));
            truePositives += good;
            seen = end;
            precision = (double)truePositives / seen;
            area += precision * good;
            start = end;
        }

        var reliability = Bin(ordered);
        return new ClassifierMetrics
        {
            Positives = positives,
            Negatives = negatives,
            Auroc = positives == 0 || negatives == 0 ? double.NaN : above / ((double)positives * negatives),
            Auprc = positives == 0 ? double.NaN : area / positives,
            CalibrationError = ordered.Length == 0 ? double.NaN : reliability.Sum(b => b.Count * Math.Abs(b.MeanScore - b.PositiveRate)) / ordered.Length,
            Reliability = reliability,
        };
    }

    /// <summary>Precision, recall, F1 and false alarms of a bar.</summary>
    public static BarMetrics At(double bar, IEnumerable<ScoredText> texts)
    {
        int caught = 0, missed = 0, alarms = 0, quiet = 0;
        foreach (var text in texts)
        {
            _ = (text.IsPositive, text.Score >= bar) switch
            {
                (true, true) => caught++,
                (true, false) => missed++,
                (false, true) => alarms++,
                _ => quiet++,
            };
        }

        return new BarMetrics(bar, Ratio(caught, caught + alarms), Ratio(caught, caught + missed), Ratio(2 * caught, (2 * caught) + alarms + missed), Ratio(alarms, alarms + quiet));
    }

    private static double Ratio(int part, int whole) => whole == 0 ? double.NaN : (double)part / whole;

    private static (int Count, double MeanScore, double PositiveRate)[] Bin(ScoredText[] texts)
    {
        var bins = new (int Count, double Score, int Positive)[Bins];
        foreach (var text in texts)
        {
            ref var bin = ref bins[Math.Clamp((int)(text.Score * Bins), 0, Bins - 1)];
            bin = (bin.Count + 1, bin.Score + text.Score, bin.Positive + (text.IsPositive ? 1 : 0));
        }

        return [.. bins.Select(b => (b.Count, b.Count == 0 ? 0 : b.Score / b.Count, b.Count == 0 ? 0 : (double)b.Positive / b.Count))];
    }
}
