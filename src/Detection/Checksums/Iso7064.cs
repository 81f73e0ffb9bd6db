namespace EdgeFilter.Detection.Checksums;

/// <summary>The check character systems of ISO/IEC 7064.</summary>
internal static class Iso7064
{
    /// <summary>MOD 97-10: the value, letters as two digits (A=10), leaves 1 when divided by 97. IBAN (rearranged), LEI.</summary>
    public static bool IsMod97(ReadOnlySpan<char> value) => Mod97(value, 0) == 1;

    /// <summary>Continues the remainder modulo 97 over more characters; -1 when one is neither letter nor digit.</summary>
    public static int Mod97(ReadOnlySpan<char> value, int remainder)
    {
        foreach (var c in value)
        {
            var v = Symbols.Base36(c);
            if (v < 0 || remainder < 0)
            {
                return -1;
            }

            remainder = ((remainder * (v < 10 ? 10 : 100)) + v) % 97;
        }

        return remainder;
    }

    /// <summary>MOD 11,10: hybrid system for digits. German tax id, Croatian OIB.</summary>
    public static bool IsMod11Hybrid10(ReadOnlySpan<char> digits) => IsHybrid(digits, 10);

    /// <summary>MOD 37,36: hybrid system for letters and digits.</summary>
    public static bool IsMod37Hybrid36(ReadOnlySpan<char> value) => IsHybrid(value, 36);

    /// <summary>MOD 11-2: pure system, the check character may be X for ten. Chinese resident identity number, ISNI.</summary>
    public static bool IsMod11Radix2(ReadOnlySpan<char> value) => IsPure(value, 11, 2, 10);

    /// <summary>MOD 37-2: pure system for letters and digits, the check character may be * for 36.</summary>
    public static bool IsMod37Radix2(ReadOnlySpan<char> value) => IsPure(value, 37, 2, 36);

    private static bool IsHybrid(ReadOnlySpan<char> value, int modulus)
    {
        if (value.Length < 2)
        {
            return false;
        }

        var p = modulus;
        for (var i = 0; i < value.Length; i++)
        {
            var v = Symbols.Base36(value[i]);
            if (v < 0 || v >= modulus)
            {
                return false;
            }

            var s = (p + v) % modulus;
            if (i == value.Length - 1)
            {
                return s == 1;
            }

            p = (s == 0 ? modulus : s) * 2 % (modulus + 1);
        }

        return false;
    }

    private static bool IsPure(ReadOnlySpan<char> value, int modulus, int radix, int extraValue)
    {
        if (value.Length < 2)
        {
            return false;
        }

        var p = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var v = Symbols.Base36(value[i]);
            if (i == value.Length - 1 && value[i] is 'X' or 'x' && modulus == 11)
            {
                v = extraValue;
            }
            else if (i == value.Length - 1 && value[i] == '*' && modulus == 37)
            {
                v = extraValue;
            }
            else if (v < 0 || v >= extraValue)
            {
                return false;
            }

            p = i == value.Length - 1 ? (p + v) % modulus : (p + v) * radix % modulus;
        }

        return p == 1;
    }
}
