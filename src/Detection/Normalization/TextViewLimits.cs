namespace EdgeFilter.Detection.Normalization;

/// <summary>
/// Bounds of the other ways to read a text, in UTF-16 code units. They are part of the definition of a finding: whole texts and
/// streams share them, and every rule about a character looks no further than these.
/// </summary>
internal static class TextViewLimits
{
    /// <summary>
    /// How many code units of the original may stand behind one character of a view, what was removed before it included: an
    /// escape (<see cref="MaxEscape"/>) and a run of invisible characters (<see cref="MaxGap"/>), four times in separated text.
    /// </summary>
    public const int MaxExpansion = 4 * (MaxEscape + MaxGap);

    /// <summary>The longest escape in the original, however often it is nested.</summary>
    public const int MaxEscape = 24;

    /// <summary>Invisible characters beyond this many in a row read as word breaks.</summary>
    public const int MaxGap = 16;

    /// <summary>How far a look-alike or accented letter looks, each way, for what makes its token suspicious.</summary>
    public const int TokenNeighbourhood = 16;

    /// <summary>
    /// How many characters behind the edge of a cut window its views may be wrong: more than any rule of any view looks back.
    /// </summary>
    public const int Margin = 128;

    /// <summary>Encodings inside encodings are undone this many times.</summary>
    public const int MaxDepth = 3;

    /// <summary>Escapes inside escapes are undone this many times.</summary>
    public const int MaxRounds = 3;

    /// <summary>The fewest printable bytes that make an encoded run worth reading: the shortest national numbers have eight.</summary>
    public const int MinDecoded = 8;

    /// <summary>The shortest run of base64 digits that carries <see cref="MinDecoded"/> bytes.</summary>
    public const int MinEncoded = 11;

    /// <summary>How much of the text before an encoded token its decoded text is read with.</summary>
    public const int MaxPrefix = 64;

    /// <summary>How far a token reaches from the mark inside it that makes it worth rotating by thirteen.</summary>
    public const int MaxRotated = 128;

    /// <summary>How much of what was judged a stream must keep, for recognisers that look back this far.</summary>
    public static int ContextLength(int before) => (before + Margin) * MaxExpansion;
}
