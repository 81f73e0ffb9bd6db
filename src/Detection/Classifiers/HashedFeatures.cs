namespace EdgeFilter.Detection.Classifiers;

/// <summary>
/// Text to rows of an embedding table, without allocating. The same that training/edgetrain/features.py computes: that file says
/// what the four rows of a token are.
/// </summary>
internal sealed class HashedFeatures
{
    /// <summary>Rows for each token.</summary>
    public const int Slots = 4;

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

    /// <summary>Rows of the embedding table.</summary>
    public int TableRows => (int)(half * 2);

    /// <summary>Fills in the rows of every token of a text.</summary>
    /// <param name="text">Any text, of any origin.</param>
    /// <param name="rows">Room for <see cref="Slots"/> numbers for each code unit of the text, and for one token at least.</param>
    /// <returns>How many tokens; at least one.</returns>
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

    private static uint Hash(uint seed, ReadOnlySpan<char> text)
    {
        var value = 0x811C9DC5u ^ seed;
        foreach (var unit in text)
        {
            value = (value ^ unit) * 0x01000193u;
        }

        return Finish(value);
    }

    private static uint Finish(uint value)
    {
        value ^= value >> 16;
        value *= 0x85EBCA6Bu;
        value ^= value >> 13;
        value *= 0xC2B2AE35u;
        return value ^ (value >> 16);
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
            var value = Hash(1, token);
            var row = rows.Slice(Count * Slots, Slots);
            row[0] = (int)Math.Max(1, value & mask);
            row[1] = token.Length > 4 ? (int)(half + (Hash(2, token[..4]) & mask)) : 0;
            row[2] = token.Length > 4 ? (int)(half + (Hash(3, token[^3..]) & mask)) : 0;
            row[3] = (int)(half + (Finish((previous * 31) + value) & mask));
            previous = value;
            Count++;
        }
    }
}
