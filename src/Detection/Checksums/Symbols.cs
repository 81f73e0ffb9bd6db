namespace EdgeFilter.Detection.Checksums;

/// <summary>What characters are worth in check digit arithmetic.</summary>
internal static class Symbols
{
    /// <summary>0 to 9, A=10 to Z=35 in either case; -1 for anything else.</summary>
    public static int Base36(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'A' and <= 'Z' => c - 'A' + 10,
        >= 'a' and <= 'z' => c - 'a' + 10,
        _ => -1,
    };

    /// <summary>A=1 to Z=26 in either case; -1 for anything else.</summary>
    public static int Ordinal(char c) => char.IsAsciiLetter(c) ? (c | 0x20) - 'a' + 1 : -1;

    public static bool AllDigits(ReadOnlySpan<char> value) => value.Length > 0 && !value.ContainsAnyExceptInRange('0', '9');

    public static bool AllSame(ReadOnlySpan<char> value) => value.Length > 0 && !value.ContainsAnyExcept(value[0]);

    /// <summary>The decimal number that the digits write, modulo <paramref name="modulus"/>; -1 when one is no digit.</summary>
    public static int Remainder(ReadOnlySpan<char> digits, int modulus)
    {
        long remainder = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c))
            {
                return -1;
            }

            remainder = ((remainder * 10) + c - '0') % modulus;
        }

        return (int)remainder;
    }

    /// <summary>The digits as a number; -1 when one is no digit, there are none or they exceed 18.</summary>
    public static long Number(ReadOnlySpan<char> digits)
    {
        if (digits.Length is 0 or > 18)
        {
            return -1;
        }

        long number = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c))
            {
                return -1;
            }

            number = (number * 10) + c - '0';
        }

        return number;
    }
}
