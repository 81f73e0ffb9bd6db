using EdgeFilter.Detection.Checksums;

namespace EdgeFilter.Detection.Identifiers.Checks;

/// <summary>Spain, Italy, Portugal, Cyprus, Andorra.</summary>
internal static class SouthernEurope
{
    private const string NifLetters = "TRWAGMYFPDXBNJZSQVHLCKE";

    // Odd positions of the Italian code, by digit or letter.
    private static ReadOnlySpan<byte> ItalianOdd =>
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

    public static bool SpanishNif(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length != 9)
        {
            return false;
        }

        var digits = v[0] is 'K' or 'L' or 'M' ? v[1..8] : v[..8];
        return Symbols.Remainder(digits, 23) is >= 0 and var remainder && NifLetters[remainder] == v[8];
    }

    public static bool SpanishNie(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length != 9 || v[0] is < 'X' or > 'Z')
        {
            return false;
        }

        Span<char> digits = stackalloc char[8];
        v[..8].CopyTo(digits);
        digits[0] = (char)('0' + (v[0] - 'X'));
        return Symbols.Remainder(digits, 23) is >= 0 and var remainder && NifLetters[remainder] == v[8];
    }

    /// <summary>Luhn over the seven digits; the kind of company says whether the control is a digit or a letter.</summary>
    public static bool SpanishCif(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        v = v.Length == 11 ? v[2..] : v;
        if (v.Length != 9 || !Symbols.AllDigits(v[1..8]))
        {
            return false;
        }

        var sum = 0;
        for (var i = 1; i < 8; i++)
        {
            var product = (v[i] - '0') * (1 + (i & 1));
            sum += (product / 10) + (product % 10);
        }

        var control = (10 - (sum % 10)) % 10;
        var digitFits = v[8] == '0' + control;
        var letterFits = v[8] == "JABCDEFGHI"[control];
        return "KPQSNWR".Contains(v[0], StringComparison.Ordinal) ? letterFits
            : "ABEH".Contains(v[0], StringComparison.Ordinal) ? digitFits
            : digitFits || letterFits;
    }

    /// <summary>Province and serial modulo 97; a serial below ten million is written with a zero that does not count.</summary>
    public static bool SpanishSocialSecurity(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length != 12 || !Symbols.AllDigits(v))
        {
            return false;
        }

        var serial = Symbols.Number(v[2..10]);
        var number = serial < 10_000_000 ? (Symbols.Number(v[..2]) * 10_000_000) + serial : Symbols.Number(v[..10]);
        return number % 97 == Symbols.Number(v[10..]);
    }

    public static bool SpanishAccount(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length != 20 || !Symbols.AllDigits(v))
        {
            return false;
        }

        return v[8] == Digit(WeightedSum.Sum(v, [4, 8, 5, 10, 9, 7, 3, 6]))
            && v[9] == Digit(WeightedSum.Sum(v[10..], [1, 2, 4, 8, 5, 10, 9, 7, 3, 6]));

        static char Digit(int sum) => (char)('0' + (sum % 11 is 0 or 1 ? sum % 11 : 11 - (sum % 11)));
    }

    /// <summary>Two control letters: over the first block and the unit, and over the second block and the unit.</summary>
    public static bool SpanishCadastre(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length != 20)
        {
            return false;
        }

        return v[18] == Letter(v[..7], v[14..18]) && v[19] == Letter(v[7..14], v[14..18]);

        static char Letter(ReadOnlySpan<char> block, ReadOnlySpan<char> unit)
        {
            ReadOnlySpan<int> weights = [13, 15, 12, 5, 4, 17, 9, 21, 3, 7, 1];
            var sum = 0;
            for (var i = 0; i < weights.Length; i++)
            {
                sum += weights[i] * ValueOf(i < 7 ? block[i] : unit[i - 7]);
            }

            return "MQWERTYUIOPASDFGHJKLBZX"[sum % 23];
        }

        // Letters count by their place in the Spanish alphabet, which has an Ñ behind the N.
        static int ValueOf(char c) => char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 1 + (c > 'N' ? 1 : 0);
    }

    public static bool SpanishSupplyPoint(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length < 20)
        {
            return false;
        }

        var remainder = Symbols.Remainder(v[2..18], 529);
        return remainder >= 0 && v[18] == NifLetters[remainder / 23] && v[19] == NifLetters[remainder % 23];
    }

    public static bool ItalianFiscalCode(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length != 16)
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < 15; i++)
        {
            var value = Symbols.Base36(v[i]);
            if (value < 0)
            {
                return false;
            }

            // Letters and digits share their numbers: A is worth what 0 is worth.
            value = value < 10 ? value : value - 10;
            sum += (i & 1) == 0 ? ItalianOdd[value] : value;
        }

        return v[15] == 'A' + (sum % 26);
    }

    /// <summary>Luhn from the left with letters from 10 to 35: doubled values above nine lose nine.</summary>
    public static bool PortugueseCitizenCard(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        var sum = 0;
        for (var i = 0; i < v.Length; i++)
        {
            var value = Symbols.Base36(v[i]);
            if (value < 0)
            {
                return false;
            }

            if ((i & 1) == 0)
            {
                value *= 2;
                value = value > 9 ? value - 9 : value;
            }

            sum += value;
        }

        return v.Length == 12 && sum % 10 == 0;
    }

    public static bool CypriotTax(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        v = v.Length == 11 ? v[2..] : v;
        if (v.Length != 9 || !Symbols.AllDigits(v[..8]) || v.StartsWith("12", StringComparison.Ordinal))
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < 8; i++)
        {
            var digit = v[i] - '0';
            sum += (i & 1) == 0 ? ItalianOdd[digit] : digit;
        }

        return v[8] == 'A' + (sum % 26);
    }

    /// <summary>Residents (F) have numbers below 700,000, companies (A, L) those from there to 800,000.</summary>
    public static bool AndorranTax(ReadOnlySpan<char> v, ReadOnlySpan<char> raw) => v.Length == 8 && v[0] switch
    {
        'F' => Symbols.Number(v[1..7]) is >= 0 and < 700_000,
        'A' or 'L' => Symbols.Number(v[1..7]) is >= 700_000 and < 800_000,
        _ => true,
    };
}
