using System.Globalization;
using EdgeFilter.Detection.Normalization;

namespace EdgeFilter.Detection.Terms;

/// <summary>
/// Turns UTF-16 code units into the symbols that terms are compared in: a dense number for each that some term has, 0 for all
/// others. Everything a comparison ignores is decided here, once for each code unit.
/// </summary>
internal sealed class TermFolding
{
    /// <summary>A code unit that is passed over: a combining mark.</summary>
    public const ushort Skipped = ushort.MaxValue;

    private const char Space = ' ';
    private const string LeetFrom = "4@310!|5$7+89";
    private const string LeetTo = "aaeioiissttbg";

    private readonly DictionaryOptions options;
    private readonly ushort[] symbols = new ushort[0x10000];
    private readonly WordClass[] classes = new WordClass[0x10000];

    public TermFolding(DictionaryOptions options, IEnumerable<string> terms)
    {
        this.options = options;
        var known = new Dictionary<char, ushort>();
        foreach (var term in terms)
        {
            foreach (var c in term)
            {
                var folded = Fold(c);
                if (folded is not null)
                {
                    known.TryAdd(folded.Value, (ushort)(known.Count + 1));
                }
            }
        }

        for (var i = 0; i < symbols.Length; i++)
        {
            var folded = Fold((char)i);
            symbols[i] = folded is null ? Skipped : known.GetValueOrDefault(folded.Value);
            classes[i] = ClassOf((char)i);
        }

        SymbolCount = known.Count + 1;
        SpaceSymbol = known.GetValueOrDefault(Space);
    }

    public int SymbolCount { get; }

    /// <summary>The symbol of white space, or 0 when no term has any.</summary>
    public ushort SpaceSymbol { get; }

    public ReadOnlySpan<ushort> Symbols => symbols;

    public ReadOnlySpan<WordClass> Classes => classes;

    /// <summary>The symbols of a term, white space collapsed and marks left out.</summary>
    public ushort[] SymbolsOf(string term)
    {
        var result = new List<ushort>(term.Length);
        foreach (var c in term)
        {
            var symbol = symbols[c];
            if (symbol != Skipped && !(symbol == SpaceSymbol && symbol != 0 && result.Count > 0 && result[^1] == symbol))
            {
                result.Add(symbol);
            }
        }

        return [.. result];
    }

    /// <summary>True when a word may end and another begin between two characters.</summary>
    public static bool IsBoundary(WordClass before, WordClass after) => before != WordClass.Letter || after != WordClass.Letter;

    private char? Fold(char c)
    {
        if (char.IsWhiteSpace(c))
        {
            return Space;
        }

        if (options.IgnoreDiacritics)
        {
            if (char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark)
            {
                return null;
            }

            c = CharTable.BaseLetter(c);
        }

        if (options.IgnoreCase)
        {
            c = char.ToLowerInvariant(c);
        }

        if (options.Leetspeak)
        {
            // One symbol for i, l, 1 and !: which of them was meant, only the reader knows.
            var at = LeetFrom.IndexOf(c, StringComparison.Ordinal);
            c = at >= 0 ? LeetTo[at] : c;
            c = c == 'l' ? 'i' : c;
        }

        return c;
    }

    private WordClass ClassOf(char c)
    {
        if (options.Leetspeak && LeetFrom.Contains(c, StringComparison.Ordinal))
        {
            return WordClass.Letter;
        }

        if (IsUnspaced(c))
        {
            return WordClass.Unspaced;
        }

        var isLetter = char.IsLetterOrDigit(c)
            || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
        return isLetter ? WordClass.Letter : WordClass.None;
    }

    // Thai to Myanmar, Khmer, kana, Han with its extensions (by surrogates), Hangul.
    private static bool IsUnspaced(char c) => c is (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F')
        or (>= '\u1780' and <= '\u17FF') or (>= '\u3040' and <= '\u9FFF') or (>= '\uAC00' and <= '\uDFFF') or (>= '\uF900' and <= '\uFAFF');
}
