using EdgeFilter.Detection.Checksums;

namespace EdgeFilter.Detection.Identifiers.Checks;

/// <summary>Zimbabwe, Mauritius, Senegal.</summary>
internal static class Africa
{
    /// <summary>The letter is the number before it modulo 23.</summary>
    public static bool ZimbabweanIdentity(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        var letter = v.Length - 3;
        if (letter < 8)
        {
            return false;
        }

        return Symbols.Remainder(v[..letter], 23) is >= 0 and var remainder && "ZABCDEFGHJKLMNPQRSTVWXY"[remainder] == v[letter];
    }

    public static bool MauritianIdentity(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        var sum = WeightedSum.Sum(v, [14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
        return v.Length == 14 && sum >= 0 && "0123456789ABCDEFG"[(17 - (sum % 17)) % 17] == v[13];
    }

    /// <summary>Seven digits, perhaps two more and a tax office code; only the digits before it are summed.</summary>
    public static bool SenegaleseNinea(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        // A tax office code has its letter second to last.
        var digits = v.Length > 3 && char.IsAsciiLetter(v[^2]) ? v[..^3] : v;
        if (digits.Length is not (7 or 9) || !Symbols.AllDigits(digits))
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            sum += (digits[^(i + 1)] - '0') * (1 + (i & 1));
        }

        return sum % 10 == 0;
    }
}
