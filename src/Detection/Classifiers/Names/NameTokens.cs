namespace EdgeFilter.Detection.Classifiers.Names;

/// <summary>
/// Cuts text into cased tokens with their places, the same that HashedNames of training/edgetrain/features.py computes.
/// Where a token begins and what its rows are depends on its neighbourhood alone, never on how much text is in sight.
/// </summary>
internal sealed class NameTokens
{
    /// <summary>Rows for each token.</summary>
    public const int Slots = 8;

    /// <summary>The longest word that is one; a longer run of letters is no name, and separates.</summary>
    public const int LongestWord = 32;

    /// <summary>The most code units of a token and the gap behind it.</summary>
    public const int LongestStep = LongestWord + LongestGap + LongestGap;

    /// <summary>The longest gap between tokens that belong together. Behind a longer one a new context begins.</summary>
    public const int LongestGap = 8;

    /// <summary>Tokens without rows that stand for a break, as many as the model looks to a side.</summary>
    public const int BreakTokens = NameModel.SightBefore;

    private readonly Folding cased;
    private readonly Folding lower;
    private readonly uint half;

    public NameTokens(int halfBits)
    {
        cased = Folding.Find("cased")!;
        lower = Folding.Find("lower")!;
        half = 1u << halfBits;
    }

    public int TableRows => (int)(half + (half / 2));

    /// <summary>Adds the tokens of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to begin: the text's beginning, or a place right behind a unit that is part of no word.</param>
    /// <param name="tokens">Receives them.</param>
    public void Read(ReadOnlySpan<char> text, int from, NameTokenList tokens)
    {
        Span<char> word = stackalloc char[LongestWord];
        Span<int> rows = stackalloc int[Slots];
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

            if (gap > LongestGap && !tokens.EndsWithBreak)
            {
                tokens.AddBreak(start);
            }

            gap = 0;
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
        rows.Clear();
        rows[0] = WordRow([lower.ReadUnit(symbol)]);
        rows[^1] = PartRow(2, "p");
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

        rows[0] = WordRow(small);
        for (var part = 2; part <= 4; part++)
        {
            rows[part - 1] = small.Length > part ? PartRow((uint)(1 + part), small[..part]) : 0;
            rows[part + 2] = small.Length > part ? PartRow((uint)(6 + part), small[^part..]) : 0;
        }

        rows[^1] = PartRow(2, shape[..shapeLength]);
    }

    private int WordRow(ReadOnlySpan<char> word) => (int)Math.Max(1, RowHash.Of(1, word) & (half - 1));

    /// <summary>Parts of words and shapes share the rows behind the words', half as many.</summary>
    private int PartRow(uint seed, ReadOnlySpan<char> part) => (int)(half + (RowHash.Of(seed, part) & ((half / 2) - 1)));
}
