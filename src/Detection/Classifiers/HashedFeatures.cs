namespace EdgeFilter.Detection.Classifiers;

/// <summary>
/// Text to rows of an embedding table, without allocating. The same that training/edgetrain/features.py computes: that file says
/// what the four rows of a token are.
/// </summary>
internal sealed class HashedFeatures : ITextFeatures
{
    private const int Slots = ITextFeatures.Slots;
    private const int LongestWord = 32;

    /// <summary>What the digits 0 to 9 stand for inside a word.</summary>
    private const string Leet = "oi2eas6tbg";

    private readonly Folding folding;
    private readonly uint half;

    /// <param name="folding">How characters are read.</param>
    /// <param name="halfBits">The table has 2 × 2^halfBits rows.</param>
    public HashedFeatures(Folding folding, int halfBits)
    {
        this.folding = folding;
        half = 1u << halfBits;
    }

    public int TableRows => (int)(half * 2);

    public int MaxTokens(int length) => Math.Max(1, length);

    public int Extract(ReadOnlySpan<char> text, Span<int> rows)
    {
        Span<char> word = stackalloc char[LongestWord];
        var length = 0;
        var tokens = new Tokens(rows, half);
        var lastSymbol = '\0';
        var index = 0;
        while (index < text.Length)
        {
            var kind = folding.Read(text, ref index, out var read);
            if (kind == CharacterKind.Gone)
            {
                continue;
            }

            if (kind == CharacterKind.Word)
            {
                if (length == LongestWord)
                {
                    tokens.AddWord(word);
                    length = 0;
                }

                word[length++] = read;
                continue;
            }

            if (length > 0)
            {
                tokens.AddWord(word[..length]);
                length = 0;
                lastSymbol = '\0';
            }

            if (kind == CharacterKind.Symbol)
            {
                if (read != lastSymbol)
                {
                    tokens.Add([read]);
                    lastSymbol = read;
                }
            }
            else if (kind == CharacterKind.Lone)
            {
                tokens.Add([read]);
                lastSymbol = '\0';
            }
        }

        if (length > 0)
        {
            tokens.AddWord(word[..length]);
        }

        if (tokens.Count == 0)
        {
            rows[..Slots].Clear();
            return 1;
        }

        return tokens.Count;
    }

    /// <summary>Digits within a word stand for the letters they look like; a number keeps only its length, up to four.</summary>
    private static ReadOnlySpan<char> Plain(Span<char> word)
    {
        var digits = 0;
        foreach (var unit in word)
        {
            digits += char.IsAsciiDigit(unit) ? 1 : 0;
        }

        if (digits == word.Length)
        {
            word = word[..Math.Min(word.Length, 4)];
            word.Fill('0');
        }
        else if (digits > 0)
        {
            foreach (ref var unit in word)
            {
                unit = char.IsAsciiDigit(unit) ? Leet[unit - '0'] : unit;
            }
        }

        return word;
    }

    private ref struct Tokens(Span<int> rows, uint half)
    {
        private readonly Span<int> rows = rows;
        private readonly uint half = half;
        private uint previous;

        public int Count { get; private set; }

        public void AddWord(scoped Span<char> word) => Add(Plain(word));

        public void Add(scoped ReadOnlySpan<char> token)
        {
            var mask = half - 1;
            var value = RowHash.Of(1, token);
            var row = rows.Slice(Count * Slots, Slots);
            row[0] = (int)Math.Max(1, value & mask);
            row[1] = token.Length > 4 ? (int)(half + (RowHash.Of(2, token[..4]) & mask)) : 0;
            row[2] = token.Length > 4 ? (int)(half + (RowHash.Of(3, token[^3..]) & mask)) : 0;
            row[3] = (int)(half + (RowHash.Finish((previous * 31) + value) & mask));
            previous = value;
            Count++;
        }
    }
}
