namespace EdgeFilter.Detection.Tokenizers.Vocabularies;

/// <summary>A symbol of a word while its pairs are merged; a merged one has no length.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Start">Its first unit in the piece.</param>
/// <param name="End">Behind its last unit.</param>
/// <param name="Previous">The symbol before it, or -1.</param>
/// <param name="Next">The symbol behind it, or -1.</param>
/// <param name="IsGone">True when it was merged into the one before.</param>
internal readonly record struct PairSymbol(int Id, int Start, int End, int Previous, int Next, bool IsGone);
