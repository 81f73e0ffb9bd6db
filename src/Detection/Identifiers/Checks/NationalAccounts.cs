using EdgeFilter.Detection.Checksums;

namespace EdgeFilter.Detection.Identifiers.Checks;

/// <summary>
/// Check digits that some countries' account numbers carry inside an IBAN, beside those of the IBAN itself. An IBAN that breaks
/// them was never issued; people make such ones up for examples.
/// </summary>
internal static class NationalAccounts
{
    /// <summary>Whether the account number keeps the rule of its country; true where none is known.</summary>
    /// <param name="iban">The IBAN without separators, in capitals.</param>
    public static bool Fits(ReadOnlySpan<char> iban)
    {
        var account = iban[4..];
        return iban[..2] switch
        {
            "BE" => Remainder97(account[..10]) == (int)Symbols.Number(account[10..]),
            "ES" => SouthernEurope.SpanishAccount(account, account),
            "FR" or "MC" => FrenchKeyFits(account),
            "NO" => NorwegianDigitFits(account),
            "BA" or "ME" or "MK" or "PT" or "RS" or "SI" => Iso7064.IsMod97(account),
            _ => true,
        };
    }

    private static int Remainder97(ReadOnlySpan<char> digits) => Symbols.Remainder(digits, 97) is 0 ? 97 : Symbols.Remainder(digits, 97);

    private static bool NorwegianDigitFits(ReadOnlySpan<char> account) =>
        WeightedSum.Sum(account, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0;

    /// <summary>Bank, branch, account and key as one number; letters count as digits: A and J are 1, S begins with 2.</summary>
    private static bool FrenchKeyFits(ReadOnlySpan<char> account)
    {
        Span<char> digits = stackalloc char[23];
        for (var i = 0; i < digits.Length; i++)
        {
            var c = account[i];
            digits[i] = char.IsAsciiDigit(c) ? c : (char)('1' + ((c - 'A' + (c >= 'S' ? 1 : 0)) % 9));
        }

        return Symbols.Remainder(digits, 97) == 0;
    }
}
