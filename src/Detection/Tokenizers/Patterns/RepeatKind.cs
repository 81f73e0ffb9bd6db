namespace EdgeFilter.Detection.Tokenizers.Patterns;

/// <summary>In which order the lengths of a repetition are tried.</summary>
internal enum RepeatKind
{
    /// <summary>The longest first.</summary>
    Greedy,

    /// <summary>The shortest first.</summary>
    Lazy,

    /// <summary>The longest only.</summary>
    Possessive,
}
