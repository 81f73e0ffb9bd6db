namespace EdgeFilter.Detection.Classifiers.Models.Transformers;

/// <summary>What <c>config.json</c> says, as far as it matters for running the model.</summary>
/// <param name="Labels">By their number.</param>
/// <param name="Task">What the model does with a text.</param>
/// <param name="MostTokens">The longest input, tokens around the text included.</param>
/// <param name="PadId">The token that fills an input up.</param>
/// <param name="Architecture">The class it was exported from, for people.</param>
internal sealed record TransformerConfig(IReadOnlyList<string> Labels, ModelTask Task, int MostTokens, int PadId, string Architecture);
