namespace EdgeFilter.Detection.Classifiers.Names;

/// <summary>
/// Cuts text into cased tokens with their places, the same that HashedNames of training/edgetrain/features.py computes.
/// Where a token begins and what its rows are depends on its neighbourhood alone, never on how much text is in sight.
/// </summary>
internal sealed class NameTokens
{
    /// <summary>The longest word that is one; a longer run of letters is no name, and separates like a new line.</summary>
    public const int LongestWord = 32;

    /// <summary>The most code units of a token and the gap behind it.</summary>
    public const int LongestStep = LongestWord + LongestGap + LongestGap;

    /// <summary>The longest gap between tokens that belong together. Behind a longer one, or a new line, a new context begins.</summary>
    public const int LongestGap = 8;

    /// <summary>Tokens without rows that stand for a break, as many as the model looks to either side.</summary>
    public const int BreakTokens = 3;

    private readonly Folding cased;
    private readonly Folding lower;
    private readonly uint half;

    public NameTokens(int halfBits)
    {
        cased = Folding.Find("cased")!;
        lower = Folding.Find("lower")!;
        half = 1u << halfBits;
    }

    public int TableRows => (int)(half * 2);

    /// <summary>Adds the tokens of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to begin: the text's beginning, or a place right behind a unit that is part of no word.</param>
    /// <param name="tokens">Receives them.</param>
    public void Read(ReadOnlySpan<char> text, int from, NameTokenList tokens)
    {
        Span<char> word = stackalloc char[LongestWord];
        Span<int> rows = stackalloc int[ITextFeatures.Slots];
        var index = from;
        var gap = 0;
        while (index < text.Length)
        {
            var start = index;
            var kind = cased.Read(text, ref index, out var read);
            if (kind is CharacterKind.Space or CharacterKind.Gone)
            {
                gap += index - start;
                continue;
            }

            if ((gap > LongestGap || read == '\n') && !tokens.EndsWithBreak)
            {
                tokens.AddBreak(start);
            }

            gap = 0;
            if (read == '\n')
            {
                continue;
            }

            if (kind != CharacterKind.Word)
            {
                SymbolRows(read, rows);
                tokens.Add(start, index, rows);
                continue;
            }

            word[0] = read;
            var length = ReadWord(text, ref index, word, out var end);
            if (length > 0)
            {
                WordRows(word[..length], rows);
                tokens.Add(start, end, rows);
            }
            else if (!tokens.EndsWithBreak)
            {
                tokens.AddBreak(start);
            }
        }
    }

    /// <summary>True when the unit can be inside a word, so that a place behind it can't be where reading begins.</summary>
    public bool IsInWord(char unit)
    {
        var index = 0;
        return char.IsSurrogate(unit) || cased.Read([unit], ref index, out _) is CharacterKind.Word or CharacterKind.Gone;
    }

    /// <summary>Reads on to the end of a word; gives its length, or 0 when it is too long to be one.</summary>
    private int ReadWord(ReadOnlySpan<char> text, ref int index, Span<char> word, out int end)
    {
        var start = index - 1;
        var length = 1;
        end = index;
        while (index < text.Length)
        {
            var next = index;
            var kind = cased.Read(text, ref next, out var read);
            if (kind is not (CharacterKind.Word or CharacterKind.Gone))
            {
                break;
            }

            index = next;
            if (kind == CharacterKind.Word)
            {
                end = next;
                if (length < LongestWord)
                {
                    word[length] = read;
                }

                length++;
            }
        }

        return length <= LongestWord && end - start <= LongestWord + LongestGap ? length : 0;
    }

    private void SymbolRows(char symbol, Span<int> rows)
    {
        var mask = half - 1;
        rows[0] = (int)Math.Max(1, RowHash.Of(1, [lower.ReadUnit(symbol)]) & mask);
        rows[1] = 0;
        rows[2] = 0;
        rows[3] = (int)(half + (RowHash.Of(6, "p") & mask));
    }

    private void WordRows(ReadOnlySpan<char> word, Span<int> rows)
    {
        Span<char> small = stackalloc char[LongestWord];
        Span<char> shape = stackalloc char[LongestWord];
        var shapeLength = 0;
        var isNumber = true;
        for (var i = 0; i < word.Length; i++)
        {
            small[i] = lower.ReadUnit(word[i]);
            isNumber &= char.IsAsciiDigit(word[i]);
            var kind = char.IsAsciiDigit(word[i]) ? 'd' : small[i] != word[i] ? 'X' : char.IsLower(word[i]) ? 'x' : 'o';
            if (shapeLength < 2 || shape[shapeLength - 1] != kind || shape[shapeLength - 2] != kind)
            {
                shape[shapeLength++] = kind;
            }
        }

        small = small[..word.Length];
        if (isNumber)
        {
            small = small[..Math.Min(4, word.Length)];
            small.Fill('0');
        }

        var mask = half - 1;
        rows[0] = (int)Math.Max(1, RowHash.Of(1, small) & mask);
        rows[1] = small.Length > 3 ? (int)(half + (RowHash.Of(2, small[..3]) & mask)) : 0;
        rows[2] = small.Length > 3 ? (int)(half + (RowHash.Of(3, small[^3..]) & mask)) : 0;
        rows[3] = (int)(half + (RowHash.Of(6, shape[..shapeLength]) & mask));
    }
}
