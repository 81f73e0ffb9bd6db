namespace EdgeFilter.Proxy.Simulation;

/// <summary>Cuts an answer into the pieces in which a provider would stream it: always the same for the same text and length.</summary>
internal static class Deltas
{
    /// <param name="length">UTF-16 code units per piece, or null for pieces of a word with the space before it. A surrogate pair is never cut.</param>
    public static IEnumerable<string> Cut(string text, int? length)
    {
        var start = 0;
        while (start < text.Length)
        {
            var end = length is { } fixedLength ? Math.Min(start + fixedLength, text.Length) : EndOfWord(text, start);
            if (end < text.Length && char.IsHighSurrogate(text[end - 1]) && char.IsLowSurrogate(text[end]))
            {
                end++;
            }

            yield return text[start..end];
            start = end;
        }
    }

    private static int EndOfWord(string text, int start)
    {
        // Tokens of real models are rarely longer than this.
        const int Longest = 12;
        var end = start + 1;
        while (end < text.Length && end - start < Longest && text[end] is not (' ' or '\n'))
        {
            end++;
        }

        return end;
    }
}
