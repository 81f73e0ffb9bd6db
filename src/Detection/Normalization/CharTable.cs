using System.Globalization;
using System.Text;

namespace EdgeFilter.Detection.Normalization;

/// <summary>
/// What every code point is to the normalised view, in two stages: pages of 256 that most scripts share, so that it stays small
/// enough for the cache. Built once, from .NET's own categories and digits, <c>Tables/folds.txt</c> and <see cref="LookAlikes"/>.
/// </summary>
internal static class CharTable
{
    private const int Pages = 0x110000 >> 8;
    private static readonly byte[] PageOf = new byte[Pages];
    private static readonly CharKind[] Kinds;
    private static readonly char[] Ascii;
    private static readonly Dictionary<int, string> Longer = [];

    static CharTable()
    {
        var builder = new CharTableBuilder();
        (Kinds, Ascii) = builder.Build(PageOf, Longer);
    }

    public static CharKind KindOf(int codePoint) => Kinds[(PageOf[codePoint >> 8] << 8) | (codePoint & 0xFF)];

    /// <summary>What a character of a replaced kind is read as.</summary>
    /// <param name="one">Room for a single character.</param>
    public static ReadOnlySpan<char> AsciiOf(int codePoint, Span<char> one)
    {
        var c = Ascii[(PageOf[codePoint >> 8] << 8) | (codePoint & 0xFF)];
        if (c == '\0')
        {
            return Longer.TryGetValue(codePoint, out var text) ? text : [];
        }

        one[0] = c;
        return one[..1];
    }

    /// <summary>The ASCII letter that a Latin letter with diacritics is built on; the character itself for all others.</summary>
    public static char BaseLetter(char c)
    {
        if (c < 0x80 || KindOf(c) is not (CharKind.Accented or CharKind.LookAlike) || !IsLatin(c))
        {
            return c;
        }

        var ascii = Ascii[(PageOf[c >> 8] << 8) | (c & 0xFF)];
        return ascii == '\0' ? c : ascii;
    }

    private static bool IsLatin(char c) => c is < '\u0250' or (>= '\u1E00' and <= '\u1EFF');

    /// <summary>Reads the code point at an index. A lone surrogate reads as itself, one unit long.</summary>
    public static int CodePointAt(ReadOnlySpan<char> text, int index, out int length)
    {
        var c = text[index];
        if (char.IsHighSurrogate(c) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
        {
            length = 2;
            return char.ConvertToUtf32(c, text[index + 1]);
        }

        length = 1;
        return c;
    }

    /// <summary>True for a tag character, which hides an ASCII character.</summary>
    public static bool IsTag(int codePoint) => codePoint is >= 0xE0020 and <= 0xE007E;

    /// <summary>True for a variation selector, 256 of which can hide any byte.</summary>
    public static bool IsVariationSelector(int codePoint) => codePoint is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    /// <summary>True for characters that reorder what stands around them.</summary>
    public static bool IsBidiControl(int codePoint) =>
        codePoint is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F or 0x061C;
}
