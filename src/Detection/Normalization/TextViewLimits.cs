namespace EdgeFilter.Detection.Normalization;

/// <summary>Bounds of the other ways to read a text. Part of the definition of a finding: whole texts and streams share them.</summary>
internal static class TextViewLimits
{
    /// <summary>
    /// How many code units of the original may stand behind one character of a view. A longer run of invisible characters is
    /// read as a word break.
    /// </summary>
    public const int MaxExpansion = 16;
}
