namespace EdgeFilter.Detection.Checksums;

/// <summary>Verhoeff's check digit over the dihedral group D5. India's Aadhaar, SNOMED CT.</summary>
internal static class Verhoeff
{
    private static ReadOnlySpan<byte> Permutation => [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

    public static bool IsValid(ReadOnlySpan<char> digits)
    {
        if (digits.Length < 2)
        {
            return false;
        }

        var check = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var c = digits[^(i + 1)];
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            var digit = c - '0';
            for (var n = i % 8; n > 0; n--)
            {
                digit = Permutation[digit];
            }

            check = Multiply(check, digit);
        }

        return check == 0;
    }

    // D5 as rotations 0-4 and reflections 5-9.
    private static int Multiply(int a, int b) => (a < 5, b < 5) switch
    {
        (true, true) => (a + b) % 5,
        (true, false) => ((a + b) % 5) + 5,
        (false, true) => ((a - b) % 5) + 5,
        (false, false) => (a - b + 5) % 5,
    };
}
