namespace EdgeFilter.Detection.Checksums;

/// <summary>Luhn's formula (ISO/IEC 7812-1): from the right, every second digit doubled and digit-summed, total divisible by 10.</summary>
internal static class Luhn
{
    public static bool IsValid(ReadOnlySpan<char> digits)
    {
        var sum = Sum(digits, 0);
        return digits.Length > 1 && sum >= 0 && sum % 10 == 0;
    }

    /// <summary>Luhn over the digits with another number in front of them, as the US NPI has its card issuer prefix.</summary>
    public static bool IsValidWithPrefix(ReadOnlySpan<char> prefix, ReadOnlySpan<char> digits)
    {
        var right = Sum(digits, 0);
        var left = Sum(prefix, digits.Length);
        return right >= 0 && left >= 0 && (right + left) % 10 == 0;
    }

    /// <summary>
    /// Luhn after letters became two-digit numbers (A=10 to Z=35), as the ISIN has it (ISO 6166).
    /// </summary>
    public static bool IsValidExpanded(ReadOnlySpan<char> value)
    {
        var sum = 0;
        var position = 0;
        for (var i = value.Length - 1; i >= 0; i--)
        {
            var v = Symbols.Base36(value[i]);
            if (v < 0)
            {
                return false;
            }

            sum += Weigh(v % 10, position++);
            if (v >= 10)
            {
                sum += Weigh(v / 10, position++);
            }
        }

        return position > 1 && sum % 10 == 0;
    }

    /// <summary>
    /// Luhn in another base (Luhn mod N): products are summed by their digits in that base. Base 36 is India's GSTIN, base 16 the MEID.
    /// </summary>
    public static bool IsValidInBase(ReadOnlySpan<char> value, int @base)
    {
        var sum = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var v = Symbols.Base36(value[^(i + 1)]);
            if (v < 0 || v >= @base)
            {
                return false;
            }

            v <<= i & 1;
            sum += (v / @base) + (v % @base);
        }

        return value.Length > 1 && sum % @base == 0;
    }

    private static int Sum(ReadOnlySpan<char> digits, int firstPosition)
    {
        var sum = 0;
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            var c = digits[i];
            if (!char.IsAsciiDigit(c))
            {
                return -1;
            }

            sum += Weigh(c - '0', firstPosition + digits.Length - 1 - i);
        }

        return sum;
    }

    private static int Weigh(int digit, int position) => (position & 1) == 0 ? digit : digit < 5 ? digit * 2 : (digit * 2) - 9;
}
