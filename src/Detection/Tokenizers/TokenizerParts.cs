using EdgeFilter.Detection.Tokenizers.Normalising;
using EdgeFilter.Detection.Tokenizers.Splitting;
using EdgeFilter.Detection.Tokenizers.Vocabularies;

namespace EdgeFilter.Detection.Tokenizers;

/// <summary>What a tokenizer is made of, in the order of its steps.</summary>
internal sealed record TokenizerParts
{
    /// <summary>Added tokens that are looked for in the text as it came.</summary>
    public required AddedTokens Raw { get; init; }

    public ITextNormaliser? Normaliser { get; init; }

    /// <summary>Added tokens that are looked for in the normalised text.</summary>
    public required AddedTokens Normalised { get; init; }

    public ISplitter? Splitter { get; init; }

    public required IVocabulary Vocabulary { get; init; }

    /// <summary>Ids of the added tokens.</summary>
    public required IReadOnlyDictionary<string, int> Added { get; init; }

    /// <summary>Not null when places are trimmed; then, whether a space was put before the text.</summary>
    public bool? Trim { get; init; }

    public FrameToken[] Before { get; init; } = [];

    public FrameToken[] After { get; init; } = [];

    public byte TextType { get; init; }

    public int Size => Math.Max(Vocabulary.Size, Added.Count == 0 ? 0 : Added.Values.Max() + 1);

    public int Find(string token) => Added.TryGetValue(token, out var id) ? id : Vocabulary.Find(token);
}
