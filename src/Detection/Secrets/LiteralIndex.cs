namespace EdgeFilter.Detection.Secrets;

/// <summary>
/// Where any of many literals may begin, regardless of case: told by three characters at a time. It may name a place where none
/// begins, never the other way round.
/// </summary>
/// <typeparam name="T">What belongs to a literal.</typeparam>
internal sealed class LiteralIndex<T>
{
    private const int CodeBits = 5;
    private const int Codes = 1 << CodeBits;
    private const int Keys = Codes * Codes * Codes;
    private const int Digit = 27;
    private const int Foreign = 31;
    private static readonly byte[] AsciiCodes = [.. Enumerable.Range(0, 128).Select(c => (byte)AsciiCodeOf((char)c))];

    // A bit for each key first: it stays in the nearest cache, and most places need no more.
    private readonly ulong[] isKey = new ulong[Keys / 64];
    private readonly T[]?[] groups = new T[Keys][];

    /// <param name="entries">Literals of at least two characters; entries of one place keep their order.</param>
    public LiteralIndex(IReadOnlyList<(string Literal, T Entry)> entries)
    {
        foreach (var group in entries.SelectMany(e => KeysOf(e.Literal).Select(key => (key, e.Entry))).GroupBy(p => p.key, p => p.Entry))
        {
            isKey[group.Key / 64] |= 1UL << (group.Key % 64);
            groups[group.Key] = [.. group];
        }
    }

    /// <summary>The next place at which a literal may begin.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to begin looking.</param>
    /// <param name="entries">Those that may begin there.</param>
    /// <returns>The place; -1 when there is none.</returns>
    public int Next(ReadOnlySpan<char> text, int from, out ReadOnlySpan<T> entries)
    {
        if (from + 1 < text.Length)
        {
            // Moved on by one character with each step; behind the end stands a blank.
            var key = (CodeOf(text[from]) << CodeBits) | CodeOf(text[from + 1]);
            for (var at = from; at + 1 < text.Length; at++)
            {
                key = ((key << CodeBits) | (at + 2 < text.Length ? CodeOf(text[at + 2]) : 0)) & (Keys - 1);
                if ((isKey[key >> 6] >> key & 1) != 0)
                {
                    entries = groups[key];
                    return at;
                }
            }
        }

        entries = default;
        return -1;
    }

    private static IEnumerable<int> KeysOf(string literal)
    {
        var first = (CodeOf(literal[0]) << CodeBits) | CodeOf(literal[1]);
        return literal.Length > 2
            ? [(first << CodeBits) | CodeOf(literal[2])]
            : Enumerable.Range(0, Codes).Select(third => (first << CodeBits) | third);
    }

    private static int CodeOf(char c) => c < 128 ? AsciiCodes[c] : ForeignCodeOf(c);

    // Letters beyond ASCII that some rule of casing takes for one within.
    private static int ForeignCodeOf(char c) => c switch
    {
        'ſ' => AsciiCodes['s'],
        'ı' or 'İ' => AsciiCodes['i'],
        '\u212A' => AsciiCodes['k'],
        _ => Foreign,
    };

    private static int AsciiCodeOf(char c) => c switch
    {
        ' ' => 0,
        >= 'a' and <= 'z' => c - 'a' + 1,
        >= 'A' and <= 'Z' => c - 'A' + 1,
        >= '0' and <= '9' => Digit,
        _ => Digit + 1 + (c % 3),
    };
}
