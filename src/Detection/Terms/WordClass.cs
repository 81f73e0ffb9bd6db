namespace EdgeFilter.Detection.Terms;

/// <summary>What a character means for where words begin and end.</summary>
internal enum WordClass : byte
{
    /// <summary>Between words.</summary>
    None,

    /// <summary>Part of a word; two such characters side by side belong to the same one.</summary>
    Letter,

    /// <summary>A word of its own, or part of a word that no space sets apart.</summary>
    Unspaced,
}
