namespace EdgeFilter.Detection.Tokenizers.Splitting;

/// <summary>What becomes of the places where a text is cut.</summary>
internal enum SplitBehaviour
{
    /// <summary>They are gone.</summary>
    Removed,

    /// <summary>Each is a piece of its own.</summary>
    Isolated,

    /// <summary>They belong to the piece before.</summary>
    MergedWithPrevious,

    /// <summary>They belong to the piece behind.</summary>
    MergedWithNext,

    /// <summary>Neighbouring ones are one piece.</summary>
    Contiguous,
}
