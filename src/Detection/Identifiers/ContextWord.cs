namespace EdgeFilter.Detection.Identifiers;

/// <summary>A context word as it is looked for.</summary>
/// <param name="Folded">Lower case, without accents, one blank between its parts.</param>
/// <param name="NeedsStart">It must begin a word of the text.</param>
/// <param name="NeedsEnd">It must end one.</param>
internal readonly record struct ContextWord(string Folded, bool NeedsStart, bool NeedsEnd)
{
    private const int WholeWordUpTo = 4;
    private const int PrefixUpTo = 8;

    // Scripts with blanks between words begin the code space.
    private const char FirstWithoutBlanks = '\u0590';
    private const char FirstWordOfOne = '\u2E80';

    /// <summary>
    /// The ways in which a word of the data is looked for: as it is written, and, where a capital stands amid it (<c>IdNr</c>),
    /// without the hump too, as most people type it; and in the forms of <see cref="ContextWordForms"/>. None where it is too short.
    /// </summary>
    public static IEnumerable<ContextWord> Read(string written)
    {
        if (TryRead(written, out var word))
        {
            yield return word;
            foreach (var form in ContextWordForms.Of(word.Folded))
            {
                if (TryRead(form, out var other))
                {
                    yield return other with { NeedsEnd = other.NeedsEnd || (other.NeedsStart && ContextWordForms.IsShort(form)) };
                }
            }
        }

        if (HasHump(written) && TryRead(written.ToLowerInvariant(), out var plain) && plain != word)
        {
            yield return plain;
        }
    }

    private static bool HasHump(string written)
    {
        for (var i = 1; i < written.Length; i++)
        {
            if (char.IsUpper(written[i]) && char.IsLower(written[i - 1]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryRead(string written, out ContextWord word)
    {
        Span<char> buffer = stackalloc char[ContextText.Capacity];
        Span<short> places = stackalloc short[ContextText.Capacity];
        var folded = ContextText.FoldWord(written, buffer, places);
        if (folded.Length == 0 || (folded.Length == 1 && folded[0] < FirstWordOfOne))
        {
            word = default;
            return false;
        }

        var hasBoundaries = folded[0] < FirstWithoutBlanks;
        word = new ContextWord(folded.ToString(), hasBoundaries && folded.Length <= PrefixUpTo, hasBoundaries && folded.Length <= WholeWordUpTo);
        return true;
    }
}
