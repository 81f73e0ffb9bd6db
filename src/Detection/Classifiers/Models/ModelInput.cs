namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>How a text becomes the model's input.</summary>
/// <param name="Features"><c>hashed-tokens</c>, <c>hashed-characters</c> or <c>hashed-names</c>.</param>
/// <param name="Table">How characters are read: <c>skeleton</c>, <c>lower</c> or <c>cased</c>.</param>
/// <param name="HalfBits">The embedding table has 2 × 2^HalfBits rows, for <c>hashed-names</c> 1.5 ×; 8 to 20.</param>
/// <param name="Block">The model takes whole blocks of this many tokens, two at least, or 1 where it takes any number; up to 64.</param>
/// <param name="Sums">The file of the embedding table, where the graph takes sums of its rows; null where the graph holds the table.</param>
public sealed record ModelInput(string Features, string Table, int HalfBits, int Block, string? Sums = null);
