namespace EdgeFilter.Detection.Classifiers;

/// <summary>
/// Neighbouring characters and whole words, for telling languages apart: the same that HashedCharacters of
/// training/edgetrain/features.py computes, which says what the rows are.
/// </summary>
internal sealed class HashedCharacters : ITextFeatures
{
    private const int LongestWord = 32;

    /// <summary>From here on a character alone says as much as two letters do.</summary>
    private const char Ideographs = '\u2E80';

    private readonly Folding folding;
    private readonly uint half;

    /// <param name="folding">How characters are read.</param>
    /// <param name="halfBits">The table has 2 × 2^halfBits rows.</param>
    public HashedCharacters(Folding folding, int halfBits)
    {
        this.folding = folding;
        half = 1u << halfBits;
    }

    public int TableRows => (int)(half * 2);

    /// <summary>A token for each letter and one for each word's end.</summary>
    public int MaxTokens(int length) => (2 * length) + 1;

    public int Extract(ReadOnlySpan<char> text, Span<int> rows)
    {
        Span<char> word = stackalloc char[LongestWord];
        var length = 0;
        var count = 0;
        var index = 0;
        while (index < text.Length)
        {
            var kind = folding.Read(text, ref index, out var read);
            if (kind == CharacterKind.Gone)
            {
                continue;
            }

            if (kind is CharacterKind.Word or CharacterKind.Lone && !char.IsAsciiDigit(read))
            {
                word[length++] = read;
                if (length < LongestWord)
                {
                    continue;
                }
            }

            count = AddWord(word[..length], rows, count);
            length = 0;
        }

        count = AddWord(word[..length], rows, count);
        if (count == 0)
        {
            rows[..ITextFeatures.Slots].Clear();
            return 1;
        }

        return count;
    }

    private int AddWord(ReadOnlySpan<char> word, Span<int> rows, int count)
    {
        if (word.Length == 0)
        {
            return count;
        }

        var mask = half - 1;
        ulong packed = ' ';
        for (var i = 0; i <= word.Length; i++)
        {
            var unit = i < word.Length ? word[i] : ' ';
            packed = (packed << 16) | unit;
            var last = i < word.Length ? RowHash.OfPacked(4, (uint)unit >> 7) : RowHash.Of(5, word);
            var row = rows.Slice(count++ * ITextFeatures.Slots, ITextFeatures.Slots);
            row[0] = (int)Math.Max(1, RowHash.OfPacked(1, packed & 0xFFFF_FFFF_FFFFUL) & mask);
            row[1] = (int)(half + (RowHash.OfPacked(2, unit < Ideographs ? packed & 0xFFFF_FFFFUL : unit) & mask));
            row[2] = (int)(half + (RowHash.OfPacked(3, packed) & mask));
            row[3] = (int)(half + (last & mask));
        }

        return count;
    }
}
