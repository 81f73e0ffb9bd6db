namespace EdgeFilter.Detection.Classifiers;

/// <summary>
/// Text to rows of an embedding table, without allocating. The same that training/edgetrain/features.py computes: that file says
/// what the four rows of a token are.
/// </summary>
internal sealed class HashedFeatures : ITextFeatures
{
    private const int Slots = ITextFeatures.Slots;
    private const int LongestWord = 32;
    private const uint WordSeed = 1;

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
        var tokens = new Tokens(rows, half);
        var length = 0;
        var digits = 0;
        var hash = RowHash.Begin(WordSeed);
        var lastSymbol = '\0';
        var index = 0;
        while (index < text.Length)
        {
            var kind = folding.Read(text, ref index, out var read);
            if (kind == CharacterKind.Word)
            {
                if (length == LongestWord)
                {
                    tokens.AddWord(word, digits, hash);
                    (length, digits, hash) = (0, 0, RowHash.Begin(WordSeed));
                }

                // Hashed while it is read: a second walk over every word would cost as much as the first.
                word[length++] = read;
                hash = RowHash.Add(hash, read);
                digits += char.IsAsciiDigit(read) ? 1 : 0;
                continue;
            }

            if (kind == CharacterKind.Gone)
            {
                continue;
            }

            if (length > 0)
            {
                tokens.AddWord(word[..length], digits, hash);
                (length, digits, hash) = (0, 0, RowHash.Begin(WordSeed));
                lastSymbol = '\0';
            }

            if (kind == CharacterKind.Symbol)
            {
                if (read != lastSymbol)
                {
                    tokens.AddOne(read);
                    lastSymbol = read;
                }
            }
            else if (kind == CharacterKind.Lone)
            {
                tokens.AddOne(read);
                lastSymbol = '\0';
            }
        }

        if (length > 0)
        {
            tokens.AddWord(word[..length], digits, hash);
        }

        if (tokens.Count == 0)
        {
            rows[..Slots].Clear();
            return 1;
        }

        return tokens.Count;
    }

    private ref struct Tokens(Span<int> rows, uint half)
    {
        private readonly Span<int> rows = rows;
        private readonly uint half = half;
        private uint previous;

        public int Count { get; private set; }

        /// <param name="word">Letters and digits, as they are read.</param>
        /// <param name="digits">How many of them are digits.</param>
        /// <param name="hash">Of the whole word as it stands, not finished.</param>
        public void AddWord(scoped Span<char> word, int digits, uint hash)
        {
            if (digits == 0)
            {
                Add(RowHash.Finish(hash), word);
            }
            else
            {
                AddWithDigits(word, digits);
            }
        }

        public void AddOne(char unit) => Add(RowHash.Finish(RowHash.Add(RowHash.Begin(WordSeed), unit)), []);

        /// <summary>Digits within a word stand for the letters they look like; a number keeps only its length, up to four.</summary>
        private void AddWithDigits(scoped Span<char> word, int digits)
        {
            if (digits == word.Length)
            {
                word = word[..Math.Min(word.Length, 4)];
                word.Fill('0');
            }
            else
            {
                foreach (ref var unit in word)
                {
                    unit = char.IsAsciiDigit(unit) ? Leet[unit - '0'] : unit;
                }
            }

            Add(RowHash.Of(WordSeed, word), word);
        }

        private void Add(uint value, scoped ReadOnlySpan<char> word)
        {
            var mask = half - 1;
            var row = rows.Slice(Count * Slots, Slots);
            row[0] = (int)Math.Max(1, value & mask);
            row[1] = 0;
            row[2] = 0;
            if (word.Length > 4)
            {
                var head = RowHash.Add(RowHash.Add(RowHash.Add(RowHash.Add(RowHash.Begin(2), word[0]), word[1]), word[2]), word[3]);
                var tail = RowHash.Add(RowHash.Add(RowHash.Add(RowHash.Begin(3), word[^3]), word[^2]), word[^1]);
                row[1] = (int)(half + (RowHash.Finish(head) & mask));
                row[2] = (int)(half + (RowHash.Finish(tail) & mask));
            }

            row[3] = (int)(half + (RowHash.Finish((previous * 31) + value) & mask));
            previous = value;
            Count++;
        }
    }
}
