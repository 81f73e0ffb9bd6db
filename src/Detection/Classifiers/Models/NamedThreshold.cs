namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>A bar, and what it costs.</summary>
/// <param name="At">Scores from here on count, 0 to 1.</param>
/// <param name="FalseAlarms">The part of ordinary texts that reach it all the same, as measured in training, 0 to 1.</param>
public sealed record NamedThreshold(float At, float FalseAlarms);
