using EdgeFilter.Detection.Checksums;

namespace EdgeFilter.Detection.Identifiers.Checks;

/// <summary>Germany, France, Monaco, the United Kingdom, Ireland, the Netherlands, Luxembourg.</summary>
internal static class WesternEurope
{
    private const string IrishLetters = "WABCDEFGHIJKLMNOPQRSTUV";
    private const int FirstAuthority = 200;
    private const string PupilLetters = "ABCDEFGHJKLMNPQRTUVWXYZ";

    /// <summary>Among the first ten digits exactly one digit occurs twice or three times, the others at most once.</summary>
    public static bool GermanTaxRepetition(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        Span<int> counts = stackalloc int[10];
        counts.Clear();
        foreach (var c in v[..10])
        {
            counts[c - '0']++;
        }

        var repeated = 0;
        foreach (var count in counts)
        {
            if (count > 3)
            {
                return false;
            }

            repeated += count > 1 ? 1 : 0;
        }

        return repeated == 1;
    }

    /// <summary>97 minus the first thirteen digits modulo 97; Corsica's 2A counts as 19, 2B as 18.</summary>
    public static bool FrenchNir(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length != 15)
        {
            return false;
        }

        Span<char> digits = stackalloc char[13];
        v[..13].CopyTo(digits);
        if (digits[6] is 'A' or 'B')
        {
            digits[5] = '1';
            digits[6] = digits[6] == 'A' ? '9' : '8';
        }

        var remainder = Symbols.Remainder(digits, 97);
        return remainder >= 0 && Symbols.Number(v[13..]) == 97 - remainder;
    }

    /// <summary>The key before the SIREN: numeric, or with letters by the newer formula.</summary>
    public static bool FrenchVat(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        v = v.StartsWith("FR", StringComparison.Ordinal) ? v[2..] : v;
        return v.Length == 11 && Luhn.IsValid(v[2..]) && KeyFits(v);
    }

    /// <summary>As the French one, with 000 in place of the first block: no Luhn.</summary>
    public static bool MonacoVat(ReadOnlySpan<char> v, ReadOnlySpan<char> raw) =>
        v.Length is 11 or 13 && KeyFits(v[(v.Length - 11)..]);

    /// <summary>The digit sum of an establishment of La Poste is a multiple of five.</summary>
    public static bool LaPoste(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (!v.StartsWith("356000000", StringComparison.Ordinal))
        {
            return false;
        }

        var sum = 0;
        foreach (var c in v)
        {
            sum += c - '0';
        }

        return sum % 5 == 0;
    }

    public static bool BritishVat(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        v = v.StartsWith("GB", StringComparison.Ordinal) ? v[2..] : v;
        if (v.StartsWith("GD", StringComparison.Ordinal))
        {
            return Symbols.Number(v[2..]) is >= 0 and < 500;
        }

        if (v.StartsWith("HA", StringComparison.Ordinal))
        {
            return Symbols.Number(v[2..]) >= 500;
        }

        if (v.Length is not (9 or 12) || !Symbols.AllDigits(v) || Symbols.AllSame(v[..9]))
        {
            return false;
        }

        var sum = WeightedSum.Sum(v, [8, 7, 6, 5, 4, 3, 2]) + (int)Symbols.Number(v.Slice(7, 2));
        return sum % 97 is 0 or 42 or 55;
    }

    /// <summary>The leading letter checks the twelve characters behind it; a letter at the end counts by its place.</summary>
    public static bool BritishPupil(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        var sum = 0;
        for (var i = 1; i < v.Length; i++)
        {
            var value = char.IsAsciiDigit(v[i]) ? v[i] - '0' : PupilLetters.IndexOf(v[i], StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }

            sum += value * (i + 1);
        }

        // Local authorities are numbered from 201 on.
        return v.Length == 13 && PupilLetters[sum % 23] == v[0] && Symbols.Number(v[1..4]) > FirstAuthority;
    }

    /// <summary>Seven digits, a check letter, and since 2013 perhaps a second letter that counts nine times; the older T, W and X do not count.</summary>
    public static bool IrishPps(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length is not (8 or 9) || !Symbols.AllDigits(v[..7]))
        {
            return false;
        }

        var second = v.Length == 9 && v[8] is not ('T' or 'W' or 'X') ? Symbols.Ordinal(v[8]) : 0;
        var sum = WeightedSum.Sum(v, [8, 7, 6, 5, 4, 3, 2]) + (9 * second);
        return second >= 0 && IrishLetters[sum % 23] == v[7];
    }

    /// <summary>As the PPS number; the older form has a letter or sign second, and its first digit counts last.</summary>
    public static bool IrishVat(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        v = v.StartsWith("IE", StringComparison.Ordinal) ? v[2..] : v;
        if (v.Length is not (8 or 9) || char.IsAsciiDigit(v[1]))
        {
            return IrishPps(v, raw);
        }

        ReadOnlySpan<char> rearranged = ['0', v[2], v[3], v[4], v[5], v[6], v[0], v[7]];
        return v.Length == 8 && IrishPps(rearranged, raw);
    }

    /// <summary>Eleven test of the nine digits (companies), or modulus 97 over the whole number (sole traders since 2020).</summary>
    public static bool DutchVat(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        // The country's letters count in the modulus even where they are not written.
        Span<char> whole = ['N', 'L', .. stackalloc char[12]];
        var national = v.StartsWith("NL", StringComparison.Ordinal) ? v[2..] : v;
        if (national.Length != 12 || !Symbols.AllDigits(national[..9]))
        {
            return false;
        }

        national.CopyTo(whole[2..]);
        return WeightedSum.Sum(national[..9], [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 == 0 || Iso7064.IsMod97(whole);
    }

    /// <summary>The twelfth digit is Luhn's over the first eleven, the thirteenth Verhoeff's over the same eleven.</summary>
    public static bool LuxembourgMatricule(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length != 13 || !Luhn.IsValid(v[..12]))
        {
            return false;
        }

        Span<char> second = stackalloc char[12];
        v[..11].CopyTo(second);
        second[11] = v[12];
        return Verhoeff.IsValid(second);
    }

    private static bool KeyFits(ReadOnlySpan<char> v)
    {
        const string Alphabet = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        var siren = (int)Symbols.Number(v[2..]);
        if (siren < 0)
        {
            return false;
        }

        if (Symbols.AllDigits(v[..2]))
        {
            return Symbols.Number(v[..2]) == (12 + (3 * (siren % 97))) % 97;
        }

        var k1 = Alphabet.IndexOf(v[0], StringComparison.Ordinal);
        var k2 = Alphabet.IndexOf(v[1], StringComparison.Ordinal);
        if (k1 < 0 || k2 < 0)
        {
            return false;
        }

        var c = k1 < 10 ? (24 * k1) + k2 - 10 : (34 * k1) + k2 - 100;
        return (siren + 1 + (c / 11)) % 11 == c % 11;
    }
}
