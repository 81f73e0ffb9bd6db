namespace EdgeFilter.Detection.Identifiers;

/// <summary>The folded text before or behind a value, in which context words are looked up.</summary>
/// <remarks>
/// It begins with a blank, or with <see cref="ContextFolding.Cut"/> where a word is cut off, and ends likewise: so every word boundary can
/// be seen.
/// </remarks>
internal readonly ref struct ContextText
{
    /// <summary>How far before a value words count.</summary>
    public const int Before = 64;

    /// <summary>How far behind a value words count.</summary>
    public const int After = 40;

    /// <summary>The most that folding may make of either.</summary>
    public const int Capacity = (2 * (LongestValue + After)) + ContextFolding.Margin;

    /// <summary>The longest value whose surroundings are looked at as a whole; see <see cref="NearbyWords"/>.</summary>
    public const int LongestValue = 64;

    /// <summary>How far before a short number words count.</summary>
    public const int CloseBefore = 24;

    /// <summary>How far behind a short number words count.</summary>
    public const int CloseAfter = 16;

    private const int BesideGap = 4;
    private readonly ReadOnlySpan<char> text;
    private readonly ReadOnlySpan<short> places;
    private readonly int valueStart;

    private ContextText(ReadOnlySpan<char> text, ReadOnlySpan<char> folded, ReadOnlySpan<short> places, int valueStart)
    {
        this.text = text;
        this.places = places;
        this.valueStart = valueStart;
        Folded = folded;
    }

    public ReadOnlySpan<char> Folded { get; }

    /// <summary>Folds what stands before a value: on its line and the one above, which may hold its label.</summary>
    public static ContextText BeforeValue(ReadOnlySpan<char> text, int start, int reach, Span<char> buffer, Span<short> places)
    {
        var from = LineStart(text, Math.Max(0, start - reach), start);
        var length = ContextFolding.Fold(text, from, start, buffer, places);
        return new ContextText(text[from..start], buffer[..length], places[..length], start - from);
    }

    /// <summary>Folds what stands behind a value: to the end of its line or sentence.</summary>
    /// <param name="text">The text.</param>
    /// <param name="end">Where the value ends.</param>
    /// <param name="reach">How far words count.</param>
    /// <param name="buffer">Room for <see cref="Capacity"/>.</param>
    /// <param name="places">Room for as many.</param>
    /// <param name="isComplete">False when more text could still add words.</param>
    public static ContextText AfterValue(
        ReadOnlySpan<char> text, int end, int reach, Span<char> buffer, Span<short> places, out bool isComplete)
    {
        var to = EndOfContext(text, end, reach, out isComplete);
        var length = ContextFolding.Fold(text, end, to, buffer, places);
        return new ContextText(text[end..to], buffer[..length], places[..length], int.MaxValue);
    }

    /// <summary>Folds a stretch of text in which values may stand anywhere.</summary>
    public static ContextText Stretch(ReadOnlySpan<char> text, int from, int to, Span<char> buffer, Span<short> places)
    {
        var length = ContextFolding.Fold(text, from, to, buffer, places);
        return new ContextText(text[from..to], buffer[..length], places[..length], int.MaxValue);
    }

    /// <summary>Where what counts before a value begins, at <paramref name="from"/> or later: with the line above the value's own.</summary>
    public static int LineStart(ReadOnlySpan<char> text, int from, int start)
    {
        var before = text[from..start];
        var own = before.LastIndexOf('\n');
        return own < 0 ? from : from + before[..own].LastIndexOf('\n') + 1;
    }

    /// <summary>Folds a context word for the lexicon; without the boundary marks.</summary>
    public static ReadOnlySpan<char> FoldWord(ReadOnlySpan<char> word, Span<char> buffer, Span<short> places)
    {
        word = word[..Math.Min(word.Length, Before)];
        var length = ContextFolding.Fold(word, 0, word.Length, buffer, places);

        // Of several blanks one stays.
        var kept = 1;
        for (var i = 1; i < length; i++)
        {
            if (buffer[i] != ' ' || buffer[kept - 1] != ' ')
            {
                buffer[kept++] = buffer[i];
            }
        }

        return buffer[1..kept].TrimEnd(' ');
    }

    /// <summary>Whether hardly anything but punctuation separates a word before the value from it.</summary>
    public bool IsBeside(int last) => valueStart != int.MaxValue && IsBeside(places[last] + 1, valueStart);

    /// <summary>The same of a word that ends at <paramref name="end"/> of a text and a value that begins at <paramref name="start"/>.</summary>
    public static bool IsBeside(int end, int start) => start - end <= BesideGap;

    /// <summary>The places in the text of the characters from <paramref name="from"/> up to <paramref name="to"/> of the folded one.</summary>
    public (int Start, int End) PlaceOf(int from, int to) => (places[from], places[to - 1] + 1);

    /// <summary>Whether the word stands in capitals.</summary>
    public bool IsCapitals(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (Folded[i] != ' ' && char.IsLower(text[places[i]]))
            {
                return false;
            }
        }

        return true;
    }

    private static int EndOfContext(ReadOnlySpan<char> text, int end, int reach, out bool isComplete)
    {
        var limit = Math.Min(text.Length, end + reach);
        for (var i = end; i < limit; i++)
        {
            var c = text[i];
            if (c == '\n')
            {
                isComplete = true;
                return i;
            }

            // A sentence ends with its mark and a blank; whether a blank follows has to be seen first.
            if (c is '.' or '!' or '?' or ';' && i + 1 < limit && text[i + 1] is ' ' or '\r' or '\t')
            {
                isComplete = true;
                return i;
            }
        }

        // One more character shows whether the last word goes on.
        isComplete = limit == end + reach && limit < text.Length;
        return limit;
    }
}
