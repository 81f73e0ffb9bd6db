using EdgeFilter.Detection.Checksums;

namespace EdgeFilter.Detection.Identifiers.Checks;

/// <summary>Hong Kong, Taiwan, Korea, Singapore, Australia, New Zealand.</summary>
internal static class AsiaPacific
{
    /// <summary>One letter or two; a missing first letter counts as a blank, worth 36.</summary>
    public static bool HongKongIdentity(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length is not (8 or 9))
        {
            return false;
        }

        var sum = v.Length == 8 ? 9 * 36 : 0;
        for (var i = 0; i < v.Length - 1; i++)
        {
            var value = Symbols.Base36(v[i]);
            if (value < 0)
            {
                return false;
            }

            sum += value * (v.Length - i);
        }

        return "0A987654321"[sum % 11] == v[^1];
    }

    /// <summary>The letter stands for two digits; in older residents' numbers the second letter counts by its last digit.</summary>
    public static bool TaiwaneseIdentity(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        const string Order = "ABCDEFGHJKLMNPQRSTUVXYWZIO";
        if (v.Length != 10)
        {
            return false;
        }

        var first = Order.IndexOf(v[0], StringComparison.Ordinal) + 10;
        var sum = (first / 10) + (first % 10 * 9);
        for (var i = 1; i < 10; i++)
        {
            var value = i == 1 && char.IsAsciiLetter(v[i])
                ? (Order.IndexOf(v[i], StringComparison.Ordinal) + 10) % 10
                : v[i] - '0';
            if (value is < 0 or > 9)
            {
                return false;
            }

            sum += value * (i == 9 ? 1 : 9 - i);
        }

        return first >= 10 && sum % 10 == 0;
    }

    /// <summary>Divisible by five since 2023; a seventh digit 7 may count one less.</summary>
    public static bool TaiwaneseBusiness(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        ReadOnlySpan<int> weights = [1, 2, 1, 2, 1, 2, 4, 1];
        if (v.Length != 8 || !Symbols.AllDigits(v))
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < 8; i++)
        {
            var product = (v[i] - '0') * weights[i];
            sum += (product / 10) + (product % 10);
        }

        return sum % 5 == 0 || (v[6] == '7' && (sum + 1) % 5 == 0);
    }

    public static bool KoreanBusiness(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length != 10 || !Symbols.AllDigits(v))
        {
            return false;
        }

        var sum = WeightedSum.Sum(v, [1, 3, 7, 1, 3, 7, 1, 3, 5]) + (5 * (v[8] - '0') / 10);
        return (10 - (sum % 10)) % 10 == v[9] - '0';
    }

    public static bool SingaporeanIdentity(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length != 9 || !Symbols.AllDigits(v[1..8]))
        {
            return false;
        }

        var sum = WeightedSum.Sum(v[1..], [2, 7, 6, 5, 4, 3, 2]) + v[0] switch { 'T' or 'G' => 4, 'M' => 3, _ => 0 };
        var letters = v[0] switch { 'S' or 'T' => "JZIHGFEDCBA", 'F' or 'G' => "XWUTRQPNMLK", _ => "XWUTRQPNJLK" };
        return letters[sum % 11] == v[8];
    }

    /// <summary>Three kinds of entity, told apart by their shape.</summary>
    public static bool SingaporeanEntity(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length == 9)
        {
            return Symbols.AllDigits(v[..8]) && "XMKECAWLJDB"[WeightedSum.Sum(v, [10, 4, 9, 3, 8, 2, 7, 1]) % 11] == v[8];
        }

        if (v.Length != 10)
        {
            return false;
        }

        if (Symbols.AllDigits(v[..9]))
        {
            return "ZKCMDNERGWH"[WeightedSum.Sum(v, [10, 8, 6, 4, 9, 7, 5, 3, 1]) % 11] == v[9];
        }

        const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWX0123456789";
        var sum = WeightedSum.Sum(v, [4, 3, 5, 3, 10, 2, 2, 5, 7], Alphabet);
        return sum >= 0 && Alphabet[WeightedSum.Modulo(sum - 5, 11)] == v[9];
    }

    public static bool AustralianProvider(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length is not (7 or 8))
        {
            return false;
        }

        Span<char> padded = stackalloc char[8];
        padded.Fill('0');
        v.CopyTo(padded[(8 - v.Length)..]);
        var location = "0123456789ABCDEFGHJKLMNPQRTUVWXY".IndexOf(padded[6], StringComparison.Ordinal);
        var sum = WeightedSum.Sum(padded, [3, 5, 8, 4, 2, 1]) + (6 * location);
        return location >= 0 && Symbols.AllDigits(padded[..6]) && "YXWTLKJHFBA"[sum % 11] == padded[7];
    }

    public static bool NewZealandTax(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length is not (8 or 9) || Symbols.Number(v) is < 10_000_000 or > 150_000_000)
        {
            return false;
        }

        Span<char> padded = stackalloc char[9];
        padded[0] = '0';
        v.CopyTo(padded[(9 - v.Length)..]);
        var check = WeightedSum.Modulo(-WeightedSum.Sum(padded, [3, 2, 7, 6, 5, 4, 3, 2]), 11);
        if (check == 10)
        {
            check = WeightedSum.Modulo(-WeightedSum.Sum(padded, [7, 4, 3, 2, 5, 2, 7, 6]), 11);
        }

        return check == padded[8] - '0';
    }

    /// <summary>The older form ends in a digit; the newer one's letter is not settled between sources and is not judged.</summary>
    public static bool NewZealandHealth(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        const string Letters = "?ABCDEFGHJKLMNPQRSTUVWXYZ";
        if (v.Length != 7)
        {
            return false;
        }

        if (char.IsAsciiLetter(v[6]))
        {
            return true;
        }

        var sum = 0;
        for (var i = 0; i < 6; i++)
        {
            var value = char.IsAsciiDigit(v[i]) ? v[i] - '0' : Letters.IndexOf(v[i], StringComparison.Ordinal);
            sum += value * (7 - i);
        }

        return sum % 11 != 0 && (11 - (sum % 11)) % 10 == v[6] - '0';
    }

    /// <summary>The bank decides which row of weights applies.</summary>
    public static bool NewZealandAccount(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        // Branches of three digits are written with hyphens.
        var branch = raw.IndexOf('-') == 2 && raw[3..].IndexOf('-') == 3 ? 3 : 4;
        if (v.Length - branch is not (11 or 12) || !Symbols.AllDigits(v))
        {
            return false;
        }

        // Bank 2, branch 4, account 8 with a leading zero, suffix 4 with leading zeros.
        Span<char> a = stackalloc char[18];
        a.Fill('0');
        v[..2].CopyTo(a);
        v.Slice(2, branch).CopyTo(a[(6 - branch)..]);
        v.Slice(2 + branch, 7).CopyTo(a[7..]);
        var suffix = v[(branch + 9)..];
        suffix.CopyTo(a[(18 - suffix.Length)..]);
        return Symbols.Number(v[..2]) switch
        {
            8 => WeightedSum.Sum(a, [0, 0, 0, 0, 0, 0, 0, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0,
            9 => NinthFits(a),
            25 or 33 => WeightedSum.Sum(a, [0, 0, 0, 0, 0, 0, 0, 1, 7, 3, 1, 7, 3, 1]) % 10 == 0,
            26 or 28 or 29 => SuffixFits(a),
            31 => true,
            _ => Symbols.Number(a[6..14]) < 990_000
                ? WeightedSum.Sum(a, [0, 0, 6, 3, 7, 9, 0, 0, 10, 5, 8, 4, 2, 1]) % 11 == 0
                : WeightedSum.Sum(a, [0, 0, 0, 0, 0, 0, 0, 0, 10, 5, 8, 4, 2, 1]) % 11 == 0,
        };

        static bool NinthFits(ReadOnlySpan<char> a)
        {
            ReadOnlySpan<int> weights = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 4, 3, 2, 0, 0, 0, 1];
            var sum = 0;
            for (var i = 0; i < weights.Length; i++)
            {
                // Products are digit-summed twice.
                var product = (a[i] - '0') * weights[i];
                product = (product / 10) + (product % 10);
                sum += (product / 10) + (product % 10);
            }

            return sum % 11 == 0;
        }

        static bool SuffixFits(ReadOnlySpan<char> a)
        {
            ReadOnlySpan<int> weights = [0, 0, 0, 0, 0, 0, 0, 1, 3, 7, 1, 3, 7, 1, 0, 3, 7, 1];
            var sum = 0;
            for (var i = 0; i < weights.Length; i++)
            {
                var product = (a[i] - '0') * weights[i];
                product = (product / 10) + (product % 10);
                sum += (product / 10) + (product % 10);
            }

            return sum % 10 == 0;
        }
    }
}
