namespace EdgeFilter.Detection.Classifiers.Models.Transformers;

/// <summary>What a token model found.</summary>
/// <param name="Start">Where it begins, counted from the segment's start.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Kind">Which entity, by number.</param>
/// <param name="Probability">The mean over its words.</param>
internal readonly record struct TaggedSpan(int Start, int Length, int Kind, float Probability);
