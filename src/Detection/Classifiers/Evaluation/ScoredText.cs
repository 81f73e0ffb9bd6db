namespace EdgeFilter.Detection.Classifiers.Evaluation;

/// <summary>One text's result for one label; the text itself is not kept.</summary>
/// <param name="Score">The model's probability, 0 to 1.</param>
/// <param name="IsPositive">What is true.</param>
/// <param name="Source">The data set that it comes from.</param>
/// <param name="Language">Its language's code, or "".</param>
public readonly record struct ScoredText(float Score, bool IsPositive, string Source, string Language);
