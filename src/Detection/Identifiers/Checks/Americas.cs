using EdgeFilter.Detection.Checksums;

namespace EdgeFilter.Detection.Identifiers.Checks;

/// <summary>The United States, Mexico, Brazil, Ecuador, Venezuela, El Salvador.</summary>
internal static class Americas
{
    /// <summary>No check digit since 2011: only the numbers that advertising made famous are refused.</summary>
    public static bool SocialSecurity(ReadOnlySpan<char> v, ReadOnlySpan<char> raw) =>
        v is not ("078051120" or "219099999" or "457555462" or "123456789") && !Symbols.AllSame(v);

    /// <summary>Nine digits, or three groups with the same separator twice: a postal code has one dash only.</summary>
    public static bool ThreeGroupsOrNone(ReadOnlySpan<char> v, ReadOnlySpan<char> raw) =>
        raw.Length == 9 || (raw.Length == 11 && raw[3] == raw[6]);

    /// <summary>Weights 13 to 2; a company's number, one shorter, begins with a blank.</summary>
    public static bool MexicanRfc(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        const string Alphabet = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ";
        if (v.Length is not (12 or 13))
        {
            return false;
        }

        var sum = v.Length == 12 ? 37 * 13 : 0;
        for (var i = 0; i < v.Length - 1; i++)
        {
            var value = Alphabet.IndexOf(v[i], StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }

            sum += value * (v.Length - i);
        }

        var check = (11 - (sum % 11)) % 11;
        return v[^1] == (check == 10 ? 'A' : (char)('0' + check));
    }

    /// <summary>Letters, allowed since 2026, are worth their ASCII code less 48.</summary>
    public static bool BrazilianCnpj(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length != 14 || Symbols.AllSame(v))
        {
            return false;
        }

        return Check(v[..12]) == v[12] && Check(v[..13]) == v[13];

        static char Check(ReadOnlySpan<char> part)
        {
            var sum = 0;
            for (var i = 0; i < part.Length; i++)
            {
                sum += (part[^(i + 1)] - '0') * (2 + (i % 8));
            }

            return (char)('0' + (sum % 11 < 2 ? 0 : 11 - (sum % 11)));
        }
    }

    public static bool BrazilianDriver(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length != 11 || !Symbols.AllDigits(v) || Symbols.AllSame(v))
        {
            return false;
        }

        var a = WeightedSum.Sum(v, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11;
        var correction = a == 10 ? 2 : 0;
        a = a == 10 ? 0 : a;
        var b = WeightedSum.Sum(v, [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11;
        var second = v[10] - '0';

        // Implementations differ where the corrected digit would be negative: both readings are accepted.
        return a == v[9] - '0' && (b == 10 ? second == 0 : second == b - correction || (b < correction && second == b - correction + 11));
    }

    public static bool BrazilianVoter(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length != 12 || !Symbols.AllDigits(v) || Symbols.Number(v[8..10]) is < 1 or > 28)
        {
            return false;
        }

        var isSpecial = Symbols.Number(v[8..10]) is 1 or 2;
        var a = Digit(WeightedSum.Sum(v, [2, 3, 4, 5, 6, 7, 8, 9]) % 11, isSpecial);
        var b = Digit(((7 * (v[8] - '0')) + (8 * (v[9] - '0')) + (9 * a)) % 11, isSpecial);
        return a == v[10] - '0' && b == v[11] - '0';

        static int Digit(int remainder, bool isSpecial) => remainder == 10 ? 0 : remainder == 0 && isSpecial ? 1 : remainder;
    }

    /// <summary>The third digit tells persons (below 6), public bodies (6) and companies (9), each with a rule of its own.</summary>
    public static bool EcuadorianRuc(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length != 13 || !Symbols.AllDigits(v) || v.EndsWith("000", StringComparison.Ordinal))
        {
            return false;
        }

        return v[2] switch
        {
            < '6' => Luhn.IsValid(v[..10]),
            '6' => WeightedSum.Sum(v, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0 || Luhn.IsValid(v[..10]),
            '9' => WeightedSum.Sum(v, [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0,
            _ => false,
        };
    }

    public static bool VenezuelanRif(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length != 10 || !Symbols.AllDigits(v[1..]))
        {
            return false;
        }

        var kind = v[0] switch { 'V' => 4, 'E' => 8, 'J' => 12, 'P' => 16, 'G' or 'C' => 20, _ => -1 };
        var sum = kind + WeightedSum.Sum(v[1..], [3, 2, 7, 6, 5, 4, 3, 2]);
        return kind >= 0 && "00987654321"[sum % 11] == v[9];
    }

    /// <summary>Serials up to 100 were given out under an older rule.</summary>
    public static bool SalvadoranNit(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length != 14 || !Symbols.AllDigits(v))
        {
            return false;
        }

        var check = Symbols.Number(v[10..13]) <= 100
            ? WeightedSum.Sum(v, [14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11 % 10
            : WeightedSum.Modulo(-WeightedSum.Sum(v, [2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11) % 10;
        return check == v[13] - '0';
    }
}
