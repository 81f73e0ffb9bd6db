using EdgeFilter.Detection.Checksums;

namespace EdgeFilter.Detection.Identifiers.Checks;

/// <summary>Finland, the Czech Republic, Hungary, Russia, Ukraine, Belarus, Türkiye.</summary>
internal static class NorthernAndEasternEurope
{
    /// <summary>Birth date and serial as one number modulo 31; the century sign between them does not count.</summary>
    public static bool FinnishIdentityCode(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (raw.Length != 11)
        {
            return false;
        }

        Span<char> digits = stackalloc char[9];
        raw[..6].CopyTo(digits);
        raw[7..10].CopyTo(digits[6..]);
        return Symbols.Remainder(digits, 31) is >= 0 and var remainder
            && "0123456789ABCDEFHJKLMNPRSTUVWXY"[remainder] == char.ToUpperInvariant(raw[10]);
    }

    /// <summary>Prefix and account number each, weights aligned to the right.</summary>
    public static bool CzechAccount(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        var slash = raw.IndexOf('/');
        if (slash < 2)
        {
            return false;
        }

        var dash = raw[..slash].IndexOf('-');
        return PartFits(raw[(dash + 1)..slash]) && (dash < 0 || PartFits(raw[..dash]));

        static bool PartFits(ReadOnlySpan<char> digits)
        {
            ReadOnlySpan<int> weights = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6];
            var sum = 0;
            for (var i = 0; i < digits.Length; i++)
            {
                sum += (digits[^(i + 1)] - '0') * weights[i % 10];
            }

            return sum > 0 && sum % 11 == 0;
        }
    }

    /// <summary>The weights turned round for those born from 1997 on.</summary>
    public static bool HungarianPersonal(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length != 11 || !Symbols.AllDigits(v))
        {
            return false;
        }

        var isLater = v[0] is '3' or '4' or '7' or '8' || Symbols.Number(v[1..7]) >= 970_101;
        var sum = isLater
            ? WeightedSum.Sum(v, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
            : WeightedSum.Sum(v, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        return sum % 11 == v[10] - '0';
    }

    /// <summary>Modulus 101, 100 written 00; the first numbers, up to 001-001-998, carry no check.</summary>
    public static bool RussianSnils(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length != 11 || !Symbols.AllDigits(v))
        {
            return false;
        }

        var sum = WeightedSum.Sum(v, [9, 8, 7, 6, 5, 4, 3, 2, 1]);
        return Symbols.Number(v[9..]) == sum % 101 % 100 || (Symbols.Number(v[..9]) is > 0 and <= 1_001_998);
    }

    /// <summary>Weights 1 to 7, begun at 7 for numbers from 30 to 60 million; each two more in a second pass.</summary>
    public static bool UkrainianEdrpou(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length != 8 || !Symbols.AllDigits(v))
        {
            return false;
        }

        var isMiddle = v[0] is >= '3' and <= '5';
        var sum = isMiddle ? WeightedSum.Sum(v, [7, 1, 2, 3, 4, 5, 6]) : WeightedSum.Sum(v, [1, 2, 3, 4, 5, 6, 7]);
        if (sum % 11 == 10)
        {
            sum = isMiddle ? WeightedSum.Sum(v, [9, 3, 4, 5, 6, 7, 8]) : WeightedSum.Sum(v, [3, 4, 5, 6, 7, 8, 9]);
        }

        return sum % 11 % 10 == v[7] - '0';
    }

    public static bool BelarusianUnp(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length != 9)
        {
            return false;
        }

        Span<char> number = stackalloc char[9];
        v.CopyTo(number);
        if (char.IsAsciiLetter(number[1]))
        {
            var index = "ABCEHKMOPT".IndexOf(number[1], StringComparison.Ordinal);
            if (index < 0)
            {
                return false;
            }

            number[1] = (char)('0' + index);
        }

        var sum = WeightedSum.Sum(number, [29, 23, 19, 17, 13, 7, 5, 3]);
        return sum >= 0 && sum % 11 == v[8] - '0';
    }

    public static bool TurkishIdentity(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length != 11 || !Symbols.AllDigits(v) || v[0] == '0')
        {
            return false;
        }

        int odd = 0, even = 0;
        for (var i = 0; i < 9; i++)
        {
            if ((i & 1) == 0)
            {
                odd += v[i] - '0';
            }
            else
            {
                even += v[i] - '0';
            }
        }

        var tenth = WeightedSum.Modulo((7 * odd) - even, 10);
        return tenth == v[9] - '0' && (odd + even + tenth) % 10 == v[10] - '0';
    }

    public static bool TurkishTax(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length != 10 || !Symbols.AllDigits(v))
        {
            return false;
        }

        var sum = 0;
        for (var i = 1; i <= 9; i++)
        {
            var p = (v[i - 1] - '0' + 10 - i) % 10;
            var q = p * (1 << (10 - i)) % 9;
            sum += p != 0 && q == 0 ? 9 : q;
        }

        return (10 - (sum % 10)) % 10 == v[9] - '0';
    }
}
