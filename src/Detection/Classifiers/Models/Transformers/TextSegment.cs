namespace EdgeFilter.Detection.Classifiers.Models.Transformers;

/// <summary>A stretch of text that a token model judges by itself.</summary>
/// <param name="Start">Where the text that the model sees begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="From">What begins before this is another segment's to report.</param>
internal readonly record struct TextSegment(int Start, int End, int From);
