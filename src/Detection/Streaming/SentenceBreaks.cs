namespace EdgeFilter.Detection.Streaming;

/// <summary>
/// Where a text may be cut for judgement: behind the end of a sentence or line, or after a fixed distance where none comes.
/// The places depend on the text since the last break alone, never on how it arrived.
/// </summary>
public static class SentenceBreaks
{
    /// <summary>The longest piece without a break, in UTF-16 code units.</summary>
    public const int MaxStep = 480;

    /// <summary>Finds the next break.</summary>
    /// <param name="text">The text since the last break.</param>
    /// <param name="minStep">The shortest piece to cut, in UTF-16 code units.</param>
    /// <param name="isFinal">True when nothing follows: then the end of the text is a break.</param>
    /// <returns>The length of the piece; 0 when the next break can't be told yet (or, at the end, when nothing is left).</returns>
    public static int Next(ReadOnlySpan<char> text, int minStep, bool isFinal)
    {
        var limit = Math.Min(text.Length, MaxStep);
        for (var i = 0; i < limit; i++)
        {
            var c = text[i];
            var length = i + 1;
            if (length < minStep)
            {
                continue;
            }

            if (c is '\n' or '。' or '！' or '？' or '।')
            {
                return length;
            }

            // ". " ends a sentence, "3.5" does not: the character behind decides.
            if (c is ('.' or '!' or '?' or '…' or ';') && length < text.Length && char.IsWhiteSpace(text[length]))
            {
                return length;
            }
        }

        if (text.Length > MaxStep)
        {
            return char.IsHighSurrogate(text[MaxStep - 1]) ? MaxStep - 1 : MaxStep;
        }

        return isFinal ? text.Length : 0;
    }
}
