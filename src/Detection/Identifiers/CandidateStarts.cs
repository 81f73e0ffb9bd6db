namespace EdgeFilter.Detection.Identifiers;

/// <summary>
/// The places at which a value around a word with digits may begin: the word itself, the words of letters before it
/// (<c>GB 746</c>, <c>M XY 1234</c>), and a mark in front of either (<c>+44</c>, <c>(020)</c>).
/// </summary>
internal static class CandidateStarts
{
    /// <summary>How far before a word with digits a value may begin.</summary>
    public const int MaxLead = 44;

    /// <summary>The longest word that is looked at as one; longer ones hold no identifier.</summary>
    public const int MaxWord = 128;

    private const int MaxWords = 6;
    private const int MaxLetters = 20;
    private const int MaxLooseLetters = 4;
    private const int MaxLettersOfFirm = 3;

    /// <summary>The most places that one word can have.</summary>
    public const int Capacity = (MaxWords + 1) * 3;

    /// <summary>The beginning of the word that has a digit at <paramref name="at"/>; -1 when it is too long.</summary>
    public static int WordStart(ReadOnlySpan<char> text, int at)
    {
        var limit = Math.Max(0, at - MaxWord);
        var start = at;
        while (start > limit && LetterFolding.IsGlue(text[start - 1]))
        {
            start--;
        }

        return start == limit && start > 0 && LetterFolding.IsGlue(text[start - 1]) ? -1 : start;
    }

    public static int WordEnd(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && LetterFolding.IsGlue(text[end]))
        {
            end++;
        }

        return end;
    }

    /// <summary>Lists the places, nearest first.</summary>
    /// <param name="text">The text.</param>
    /// <param name="word">Where the word with digits begins.</param>
    /// <param name="marks">Marks with which a value may begin.</param>
    /// <param name="starts">Receives the places.</param>
    public static int List(ReadOnlySpan<char> text, int word, System.Buffers.SearchValues<char> marks, Span<int> starts)
    {
        var count = 0;
        var current = word;
        for (var words = 0; ; words++)
        {
            starts[count++] = current;
            if (current > 0 && marks.Contains(text[current - 1]))
            {
                starts[count++] = current - 1;
                if (text[current - 1] == '&' && LettersBefore(text, current - 1) is var first && first < current - 1)
                {
                    starts[count++] = first;
                }
            }

            if (words == MaxWords)
            {
                return count;
            }

            var previous = PreviousLetters(text, current);
            if (previous < 0 || word - previous > MaxLead - 1)
            {
                return count;
            }

            current = previous;
        }
    }

    /// <summary>The beginning of a short word of letters that one separator joins to what begins here; -1 without one.</summary>
    public static int PreviousLetters(ReadOnlySpan<char> text, int start)
    {
        if (start < 2 || text[start - 1] is not (' ' or '-' or '.' or '·' or '/' or ':') || !IsLetter(text[start - 2]))
        {
            return -1;
        }

        var first = start - 2;
        while (first > 0 && IsLetter(text[first - 1]) && start - first < MaxLetters + 2)
        {
            first--;
        }

        // In a sentence nearly every number has a word before it. Behind a blank only a short word with a capital counts, which is how
        // prefixes and series are written.
        if (text[start - 1] == ' ' && !(char.IsUpper(text[first]) && (start - 1 - first <= MaxLooseLetters || start == text.Length || char.IsUpper(text[start]))))
        {
            return -1;
        }

        return start - 1 - first > MaxLetters || (first > 0 && LetterFolding.IsGlue(text[first - 1])) ? -1 : first;
    }

    /// <summary>The few letters right before an ampersand in the name of a firm, which Mexican tax numbers begin with.</summary>
    private static int LettersBefore(ReadOnlySpan<char> text, int ampersand)
    {
        var first = ampersand;
        while (first > 0 && ampersand - first < MaxLettersOfFirm && IsLetter(text[first - 1]))
        {
            first--;
        }

        return first;
    }

    private static bool IsLetter(char c) => LetterFolding.IsGlue(c) && !char.IsAsciiDigit(c);
}
