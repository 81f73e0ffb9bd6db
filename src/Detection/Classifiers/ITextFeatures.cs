namespace EdgeFilter.Detection.Classifiers;

/// <summary>Turns a text into rows of an embedding table, as training did. Immutable, safe for concurrent use, allocation-free.</summary>
internal interface ITextFeatures
{
    /// <summary>Rows for each token.</summary>
    const int Slots = 4;

    /// <summary>Rows of the embedding table.</summary>
    int TableRows { get; }

    /// <summary>The most tokens that a text of this length has; at least one.</summary>
    int MaxTokens(int length);

    /// <summary>Fills in the rows of every token of a text.</summary>
    /// <param name="text">Any text, of any origin.</param>
    /// <param name="rows">Room for <see cref="Slots"/> × <see cref="MaxTokens"/> numbers.</param>
    /// <returns>How many tokens; at least one.</returns>
    int Extract(ReadOnlySpan<char> text, Span<int> rows);

    /// <summary>The features that a manifest names; null when this version does not know them.</summary>
    static ITextFeatures? Find(string name, string table, int halfBits) => (name, Folding.Find(table)) switch
    {
        ("hashed-tokens", { } folding) => new HashedFeatures(folding, halfBits),
        ("hashed-characters", { } folding) => new HashedCharacters(folding, halfBits),
        _ => null,
    };
}
