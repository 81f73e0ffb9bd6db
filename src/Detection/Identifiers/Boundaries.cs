namespace EdgeFilter.Detection.Identifiers;

/// <summary>Whether a place can be the edge of a value, or lies inside something longer.</summary>
internal static class Boundaries
{
    /// <summary>How far a joined word before a value is looked at.</summary>
    public const int JoinedWord = 40;

    /// <summary>What the end of a value looks like.</summary>
    public enum End
    {
        Edge,
        Inside,

        /// <summary>The text ends before it can be told.</summary>
        Unknown,
    }

    /// <summary>
    /// True when a value may begin here: not glued to a letter or digit, not joined by a mark to more digits, not in a mixed run such
    /// as a UUID's.
    /// </summary>
    public static bool IsStart(ReadOnlySpan<char> text, int start)
    {
        if (start == 0)
        {
            return true;
        }

        var before = text[start - 1];
        if (LetterFolding.IsGlue(before) && LetterFolding.IsGlue(text[start]))
        {
            return false;
        }

        if (start == 1)
        {
            return before is not '@';
        }

        return before switch
        {
            '.' or ':' or '/' => !char.IsAsciiDigit(text[start - 2]),

            // An escape sequence of code: \U0001049E.
            '\\' => !char.IsAsciiLetter(text[start]),
            '@' => false,
            '-' => !IsJoinedToDigits(text, start - 2),
            _ => true,
        };
    }

    /// <summary>What stands behind a value.</summary>
    public static End EndAt(ReadOnlySpan<char> text, int end, bool isFinal)
    {
        if (end == text.Length)
        {
            return isFinal ? End.Edge : End.Unknown;
        }

        var next = text[end];
        if (LetterFolding.IsGlue(next))
        {
            return LetterFolding.IsGlue(text[end - 1]) ? End.Inside : End.Edge;
        }

        if (next is not ('-' or '.' or '/' or '@' or '\\'))
        {
            return End.Edge;
        }

        if (end + 1 == text.Length)
        {
            return isFinal ? End.Edge : End.Unknown;
        }

        var afterNext = text[end + 1];
        var joins = next switch
        {
            '@' or '-' => LetterFolding.IsGlue(afterNext),
            _ => char.IsAsciiDigit(afterNext),
        };
        return joins ? End.Inside : End.Edge;
    }

    private static bool IsJoinedToDigits(ReadOnlySpan<char> text, int last)
    {
        for (var i = last; i >= 0 && last - i < JoinedWord && LetterFolding.IsGlue(text[i]); i--)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                return true;
            }
        }

        return false;
    }
}
