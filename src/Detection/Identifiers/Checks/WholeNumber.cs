using EdgeFilter.Detection.Checksums;

namespace EdgeFilter.Detection.Identifiers.Checks;

/// <summary>Checks that divide the digits as one number.</summary>
internal static class WholeNumber
{
    /// <summary>The digits behind the first <paramref name="length"/> are their remainder.</summary>
    /// <param name="length">How many digits are divided.</param>
    /// <param name="modulus">By what.</param>
    /// <param name="mode">
    /// Empty: the remainder itself. <c>complement</c>: the modulus minus the remainder. <c>full</c>: the remainder, with the modulus in
    /// place of 0. <c>units</c>: the last digit of the remainder.
    /// </param>
    /// <param name="prefix">Digits put in front before dividing.</param>
    public static Check EndsWithRemainder(int length, int modulus, string mode, string prefix) => (v, _) =>
    {
        if (v.Length <= length)
        {
            return false;
        }

        Span<char> digits = stackalloc char[prefix.Length + length];
        prefix.CopyTo(digits);
        v[..length].CopyTo(digits[prefix.Length..]);
        var remainder = Symbols.Remainder(digits, modulus);
        if (remainder < 0)
        {
            return false;
        }

        var expected = mode switch
        {
            "complement" => modulus - remainder,
            "full" => remainder == 0 ? modulus : remainder,
            "units" => remainder % 10,
            _ => remainder,
        };
        return Symbols.Number(v[length..]) == expected;
    };

    /// <summary>The character behind the digits is that of the table at the remainder; the table's length is the modulus.</summary>
    public static Check NamedByLetter(int length, string table) => (v, _) =>
        v.Length > length && Symbols.Remainder(v[..length], table.Length) is >= 0 and var remainder && table[remainder] == v[length];

    /// <summary>The whole number leaves this remainder.</summary>
    public static Check Leaves(int modulus, int remainder) => (v, _) => Symbols.Remainder(v, modulus) == remainder;
}
