namespace EdgeFilter.Detection.Normalization;

/// <summary>
/// Passes over hexadecimal and base32 digits that can't begin a text, as <see cref="Base64Skip"/> does for base64. Decoding then
/// gives what it would have given from the first digit on.
/// </summary>
internal static class DigitSkip
{
    private const int HexGroup = 2;
    private const int Base32Group = 8;

    /// <summary>The first group, from the one at an index on, in which a text may begin. It may turn out not to.</summary>
    public static int Next(DigitAlphabet alphabet, ReadOnlySpan<char> digits, int at) => alphabet.Bits switch
    {
        6 => Base64Skip.Next(digits, at),
        5 => NextOfBase32(digits, at),
        _ => NextOfHex(digits, at),
    };

    /// <summary>How many bytes at the end of whole groups have no capital or figure in their digits.</summary>
    public static int PlainBytesBefore(DigitAlphabet alphabet, ReadOnlySpan<char> digits)
    {
        if (alphabet.Bits == 6)
        {
            return Base64Skip.PlainBytesBefore(digits);
        }

        // Every digit of base32 is a capital or a figure.
        var plain = 0;
        while (alphabet.Group == HexGroup && plain <= DecodedBytes.MaxPlainBytes && (plain + 1) * HexGroup <= digits.Length
            && char.IsAsciiLetterLower(digits[^((plain * HexGroup) + 1)]) && char.IsAsciiLetterLower(digits[^((plain * HexGroup) + 2)]))
        {
            plain++;
        }

        return plain;
    }

    private static int NextOfHex(ReadOnlySpan<char> digits, int at)
    {
        var values = DigitAlphabet.Hexadecimal.Values;
        var classes = Base64Skip.ByteClasses;
        while (at + ((TextViewLimits.MinDecoded + 1) * HexGroup) <= digits.Length)
        {
            // What begins here begins with a byte that can; of the others the last one that can't be text tells most.
            if (ClassAt(digits, at, values, classes) is not (Base64Skip.Ascii or Base64Skip.Lead))
            {
                at += HexGroup;
                continue;
            }

            var other = TextViewLimits.MinDecoded - 1;
            while (other > 0 && ClassAt(digits, at + (other * HexGroup), values, classes) != Base64Skip.None)
            {
                other--;
            }

            if (other == 0)
            {
                break;
            }

            at += (other + 1) * HexGroup;
        }

        return at;
    }

    // Eight bytes of text that begin in a group fill the next one.
    private static int NextOfBase32(ReadOnlySpan<char> digits, int at)
    {
        var values = DigitAlphabet.Base32.Values;
        var classes = Base64Skip.ByteClasses;
        while (at + (2 * Base32Group) <= digits.Length)
        {
            var bits = 0UL;
            foreach (var digit in digits.Slice(at + Base32Group, Base32Group))
            {
                bits = (bits << 5) | values[digit];
            }

            if (classes[(int)(bits >> 32) & 0xFF] != Base64Skip.None && classes[(int)(bits >> 24) & 0xFF] != Base64Skip.None
                && classes[(int)(bits >> 16) & 0xFF] != Base64Skip.None && classes[(int)(bits >> 8) & 0xFF] != Base64Skip.None
                && classes[(int)bits & 0xFF] != Base64Skip.None)
            {
                break;
            }

            at += Base32Group;
        }

        return at;
    }

    private static byte ClassAt(ReadOnlySpan<char> digits, int at, ReadOnlySpan<byte> values, ReadOnlySpan<byte> classes) =>
        classes[(values[digits[at]] << 4) | values[digits[at + 1]]];
}
