using System.Buffers;

namespace EdgeFilter.Detection.Normalization;

/// <summary>An alphabet of digits that each carry a few bits.</summary>
internal sealed class DigitAlphabet
{
    private const byte NoDigit = 0xFF;

    private readonly byte[] values = new byte[0x80];

    private DigitAlphabet(int bits, int group, params string[] alphabets)
    {
        Bits = bits;
        Group = group;
        MinLength = ((8 * TextViewLimits.MinDecoded) + bits - 1) / bits;
        Digits = SearchValues.Create(string.Concat(alphabets));
        Array.Fill(values, NoDigit);
        foreach (var alphabet in alphabets)
        {
            for (var i = 0; i < alphabet.Length; i++)
            {
                values[alphabet[i]] = (byte)i;
            }
        }
    }

    /// <summary>Both alphabets of RFC 4648, the one for URLs and file names too.</summary>
    public static DigitAlphabet Base64 { get; } = new(
        6,
        4,
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static DigitAlphabet Base32 { get; } = new(5, 8, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");

    public static DigitAlphabet Hexadecimal { get; } = new(4, 2, "0123456789abcdef", "0123456789ABCDEF");

    public int Bits { get; }

    /// <summary>After how many digits the bits fill whole bytes.</summary>
    public int Group { get; }

    /// <summary>The fewest digits that carry a text worth reading.</summary>
    public int MinLength { get; }

    /// <summary>All digits.</summary>
    public SearchValues<char> Digits { get; }

    /// <summary>The bits of each ASCII character, 255 for those that are no digits.</summary>
    public ReadOnlySpan<byte> Values => values;

    /// <summary>The bits of a digit, or -1.</summary>
    public int ValueOf(char c) => c < 0x80 && values[c] != NoDigit ? values[c] : -1;
}
