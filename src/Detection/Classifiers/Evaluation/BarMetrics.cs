namespace EdgeFilter.Detection.Classifiers.Evaluation;

/// <summary>What a bar does: scores from <paramref name="Bar"/> on count as found.</summary>
/// <param name="Bar">From 0 to 1.</param>
/// <param name="Precision">The part of what was found that is right.</param>
/// <param name="Recall">The part of the positives that was found.</param>
/// <param name="F1">The harmonic mean of both.</param>
/// <param name="FalseAlarms">The part of the negatives that was found all the same.</param>
public readonly record struct BarMetrics(double Bar, double Precision, double Recall, double F1, double FalseAlarms);
