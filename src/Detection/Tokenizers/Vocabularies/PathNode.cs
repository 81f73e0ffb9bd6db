namespace EdgeFilter.Detection.Tokenizers.Vocabularies;

/// <summary>The best way to a place in a text.</summary>
/// <param name="Score">Its score.</param>
/// <param name="Start">Where its last token begins; -1 when nothing leads here.</param>
/// <param name="Id">The id of its last token.</param>
internal readonly record struct PathNode(double Score, int Start, int Id)
{
    public static PathNode Unreached { get; } = new(0, -1, -1);
}
