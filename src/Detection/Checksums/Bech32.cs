namespace EdgeFilter.Detection.Checksums;

/// <summary>Bech32 (BIP 173) and bech32m (BIP 350): six check characters over human-readable part and data.</summary>
internal static class Bech32
{
    /// <summary>What a valid bech32 string leaves.</summary>
    public const uint Classic = 1;

    /// <summary>What a valid bech32m string leaves.</summary>
    public const uint Modified = 0x2BC830A3;

    private const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

    /// <summary>The constant that the string leaves, or 0 when it is not well-formed (mixed case, foreign character, no separator).</summary>
    /// <param name="text">The whole string.</param>
    /// <param name="firstData">The value of the first data character: the witness version of a Bitcoin address.</param>
    public static uint Remainder(ReadOnlySpan<char> text, out int firstData)
    {
        firstData = -1;
        var separator = text.LastIndexOf('1');
        if (separator < 1 || separator + 7 > text.Length || IsMixedCase(text))
        {
            return 0;
        }

        uint check = 1;
        foreach (var c in text[..separator])
        {
            check = Step(check, (uint)char.ToLowerInvariant(c) >> 5);
        }

        check = Step(check, 0);
        foreach (var c in text[..separator])
        {
            check = Step(check, (uint)char.ToLowerInvariant(c) & 31);
        }

        for (var i = separator + 1; i < text.Length; i++)
        {
            var value = Alphabet.IndexOf(char.ToLowerInvariant(text[i]), StringComparison.Ordinal);
            if (value < 0)
            {
                return 0;
            }

            if (i == separator + 1)
            {
                firstData = value;
            }

            check = Step(check, (uint)value);
        }

        return check;
    }

    private static bool IsMixedCase(ReadOnlySpan<char> text) =>
        text.ContainsAnyInRange('a', 'z') && text.ContainsAnyInRange('A', 'Z');

    private static uint Step(uint check, uint value)
    {
        var top = check >> 25;
        check = ((check & 0x1FFFFFF) << 5) ^ value;
        check ^= (top & 1) != 0 ? 0x3B6A57B2u : 0;
        check ^= (top & 2) != 0 ? 0x26508E6Du : 0;
        check ^= (top & 4) != 0 ? 0x1EA119FAu : 0;
        check ^= (top & 8) != 0 ? 0x3D4233DDu : 0;
        check ^= (top & 16) != 0 ? 0x2A1462B3u : 0;
        return check;
    }
}
