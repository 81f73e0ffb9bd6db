namespace EdgeFilter.Detection.Tokenizers.Vocabularies;

/// <summary>How a byte-pair vocabulary treats a word.</summary>
internal sealed record PairOptions
{
    /// <summary>The token for characters that the vocabulary lacks; without one they are left out.</summary>
    public string? Unknown { get; init; }

    /// <summary>Stands before every symbol but a word's first.</summary>
    public string ContinuationPrefix { get; init; } = "";

    /// <summary>Stands behind a word's last symbol.</summary>
    public string WordSuffix { get; init; } = "";

    /// <summary>Unknown characters in a row are one token.</summary>
    public bool FusesUnknown { get; init; }

    /// <summary>Unknown characters are written as the tokens of their bytes, where all are there.</summary>
    public bool FallsBackToBytes { get; init; }

    /// <summary>A word that is a token stays whole.</summary>
    public bool IgnoresMerges { get; init; }
}
