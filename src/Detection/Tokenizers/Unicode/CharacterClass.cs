using System.Globalization;
using System.Text;

namespace EdgeFilter.Detection.Tokenizers.Unicode;

/// <summary>What tokenizers ask of a character.</summary>
internal static class CharacterClass
{
    public static UnicodeCategory Category(int code) => CharUnicodeInfo.GetUnicodeCategory(code);

    /// <summary>The property White_Space.</summary>
    public static bool IsSpace(int code) => code <= char.MaxValue && char.IsWhiteSpace((char)code);

    /// <summary>A mark of any kind, by the tables of <c>StripAccents</c>.</summary>
    public static bool IsMark(int code) => Category(code) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => UnicodeAge.IsKnownTo(9, code) && code != SharadaMark,

        // Vedic signs, marks in Unicode 9 and letters since.
        UnicodeCategory.OtherLetter => code is 0x1CF2 or 0x1CF3,
        _ => false,
    };

    /// <summary>A mark without a width of its own, by the tables of BERT's normaliser.</summary>
    public static bool IsNonSpacingMark(int code) => Category(code) switch
    {
        // After Unicode 8 two Mongolian letters, a vowel sign and a full stop became such marks, and two of them became spacing ones.
        UnicodeCategory.NonSpacingMark => code is not (0x1885 or 0x1886 or 0xA9BD or SharadaMark) && UnicodeAge.IsKnownTo(8, code),
        UnicodeCategory.SpacingCombiningMark => code is 0x1734 or 0x1171E,
        _ => false,
    };

    /// <summary>What BERT's clean-up drops, by its tables.</summary>
    public static bool IsControl(int code) =>
        Category(code) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse && UnicodeAge.IsKnownTo(8, code);

    public static bool IsNumber(int code) =>
        Category(code) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    public static bool IsLetter(int code) => Category(code) <= UnicodeCategory.OtherLetter;

    /// <summary>ASCII punctuation, symbols among it, and Unicode's categories of punctuation, by the reference's tables.</summary>
    public static bool IsPunctuation(int code) => code < 0x80
        ? IsAsciiPunctuation(code)
        : (Category(code) is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation && UnicodeAge.IsKnownTo(8, code)) || code is CanadianFullStop or SharadaMark;

    /// <summary>What <c>\w</c> means in a pattern of a tokenizer file: Oniguruma counts raised digits and fractions, and no joiners.</summary>
    public static bool IsPatternWord(int code) => code is 0xB2 or 0xB3 or 0xB9 or (>= 0xBC and <= 0xBE) || (code is not (0x200C or 0x200D) && IsWord(code));

    /// <summary>What <c>\w</c> means in Unicode Technical Standard 18: letters, marks, digits, letter-like symbols, connectors, joiners.</summary>
    public static bool IsWord(int code) => Category(code) switch
    {
        <= UnicodeCategory.OtherLetter => true,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => true,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation => true,
        UnicodeCategory.Format => code is 0x200C or 0x200D,
        UnicodeCategory.OtherSymbol => code is (>= 0x24B6 and <= 0x24E9) or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189),
        _ => false,
    };

    /// <summary>CJK ideographs as BERT's makers listed them; not kana, not hangul.</summary>
    public static bool IsIdeograph(int code) => code
        is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
        or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);

    /// <summary>Lower case without a locale; the one letter that becomes two is left to the caller.</summary>
    public static Rune Lower(Rune rune) => rune.IsAscii || rune.Value != DottedCapitalI ? Rune.ToLowerInvariant(rune) : rune;

    /// <summary>İ, whose lower case is an i with a dot above it.</summary>
    public const int DottedCapitalI = 0x130;

    /// <summary>Punctuation in Unicode 8, a symbol since.</summary>
    private const int CanadianFullStop = 0x166D;

    /// <summary>Punctuation in Unicode 8, a mark since.</summary>
    private const int SharadaMark = 0x111C9;

    private static bool IsAsciiPunctuation(int code) => code is (>= '!' and <= '/') or (>= ':' and <= '@') or (>= '[' and <= '`') or (>= '{' and <= '~');
}
