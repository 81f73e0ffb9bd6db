namespace EdgeFilter.Detection.Normalization;

/// <summary>What <see cref="TextScan"/> saw. Places are those of the first such thing, or -1.</summary>
internal struct TextInterests
{
    public TextInterests()
    {
    }

    public bool NotAscii;

    /// <summary>An escape may begin here, or a control character stands here.</summary>
    public int FirstEscape = -1;

    /// <summary>Inside a run of base64 digits that is long and mixed enough to carry text.</summary>
    public int FirstRun = -1;

    /// <summary>Three single letters or digits with something between them.</summary>
    public int FirstSeparated = -1;

    /// <summary>Four words of two characters with one character between them.</summary>
    public int FirstPairs = -1;

    public readonly bool Any => NotAscii || FirstEscape >= 0 || FirstRun >= 0 || FirstSeparated >= 0 || FirstPairs >= 0;
}
