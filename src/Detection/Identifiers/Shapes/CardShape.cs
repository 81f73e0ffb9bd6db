using EdgeFilter.Detection.Checksums;

namespace EdgeFilter.Detection.Identifiers.Shapes;

/// <summary>
/// Payment card numbers (ISO/IEC 7812): 12 to 19 digits of an issuer's range, plain or in groups with one kind of separator, that
/// pass Luhn. Of several lengths the longest that passes counts, so an expiry date behind a number is not taken along.
/// </summary>
internal sealed class CardShape : Shape
{
    private const int MinDigits = 12;
    private const int MaxDigits = 19;

    public override int MaxLength => MaxDigits + 6;

    /// <summary>All digits at once, or a first group of four.</summary>
    public override DigitLead Lead { get; } = DigitLead.Of(@"\d{12,19}|\d{4}[ .\-]\d{1,7}");

    public override bool CanBegin(char c) => c is >= '1' and <= '9';

    public override bool Match(ReadOnlySpan<char> text, int start, out int length, out bool alive)
    {
        length = -1;
        alive = false;
        Span<char> digits = stackalloc char[MaxDigits];
        var count = 0;
        var separator = '\0';
        var i = start;
        while (true)
        {
            var groupStart = i;
            while (i < text.Length && char.IsAsciiDigit(text[i]))
            {
                if (count == MaxDigits)
                {
                    // Longer than any card: a group that ran over is none of it.
                    return length > 0;
                }

                digits[count++] = text[i++];
            }

            var groupLength = i - groupStart;
            if (i == text.Length)
            {
                alive = count < MaxDigits || groupLength > 0;
            }

            if (groupLength == 0 || !IsGroup(groupLength, isFirst: groupStart == start, isPlain: separator == '\0'))
            {
                return length > 0;
            }

            if (IsCard(digits[..count]))
            {
                length = i - start;
            }

            if (i >= text.Length || text[i] is not (' ' or '-' or '.') || (separator != '\0' && text[i] != separator)
                || groupLength > 7)
            {
                return length > 0;
            }

            separator = text[i++];
            if (i == text.Length)
            {
                alive = true;
                return length > 0;
            }
        }
    }

    public override bool IsBareInDigits => false;

    /// <summary>Cards of the large schemes in their usual lengths count as marked: others share their digits with much else.</summary>
    public override Form FormOf(ReadOnlySpan<char> value)
    {
        Span<char> digits = stackalloc char[MaxDigits];
        var count = 0;
        foreach (var c in value)
        {
            if (char.IsAsciiDigit(c))
            {
                digits[count++] = c;
            }
        }

        var two = Prefix(digits, 2);
        var isCommon = count switch
        {
            16 => digits[0] == '4' || two is >= 51 and <= 55 or 35 or 62 or 65 || Prefix(digits, 4) is (>= 2200 and <= 2720) or 6011 or 9792
                || Prefix(digits, 3) is >= 644 and <= 649,
            15 => two is 34 or 37,
            14 => two is 36 or 38 or 39 || Prefix(digits, 3) is >= 300 and <= 305,
            _ => false,
        };
        return isCommon ? Form.Marked : value.Length > count ? Form.Grouped : Form.Bare;
    }

    private static bool IsGroup(int length, bool isFirst, bool isPlain) =>
        isFirst && isPlain ? length is 4 or >= MinDigits : length is >= 1 and <= 7;

    private static bool IsCard(ReadOnlySpan<char> digits) =>
        digits.Length >= MinDigits && IsIssued(digits) && Luhn.IsValid(digits) && !Symbols.AllSame(digits);

    private static bool IsIssued(ReadOnlySpan<char> digits)
    {
        var length = digits.Length;
        var two = Prefix(digits, 2);
        var three = Prefix(digits, 3);
        var four = Prefix(digits, 4);
        return digits[0] switch
        {
            '4' => length is 13 or 16 or 19,
            '5' => (two is >= 51 and <= 55 && length == 16) || two is 50 or (>= 56 and <= 58),
            '6' => length >= 12,
            '2' => (four is >= 2221 and <= 2720 && length == 16) || (four is >= 2200 and <= 2204 && length >= 16) || (four == 2131 && length == 15),
            '3' => (two is 34 or 37 && length == 15)
                || ((three is (>= 300 and <= 305) or 309 || two is 36 or 38 or 39) && length is >= 14)
                || (four is >= 3528 and <= 3589 && length >= 16),
            '8' => two is 81 or 82 && length >= 16,
            '9' => four == 9792 && length == 16,
            '1' => length == 15,
            _ => false,
        };
    }

    private static int Prefix(ReadOnlySpan<char> digits, int length) => (int)Symbols.Number(digits[..length]);
}
