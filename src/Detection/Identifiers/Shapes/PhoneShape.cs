using EdgeFilter.Detection.Checksums;

namespace EdgeFilter.Detection.Identifiers.Shapes;

/// <summary>
/// Telephone numbers: international ones by country code and length (ITU-T E.164, <c>Data/phones.json</c>), North American ones by
/// their structure, other national ones by grouping and length. Of several lengths the longest that is possible counts.
/// </summary>
internal sealed class PhoneShape : Shape
{
    private const int MaxDigits = 15;
    private const int MinNational = 7;

    // "1 (800) -": a country code and an area code, however they are separated.
    private const int MaxBeforeHyphen = 12;
    private const int MaxNational = 12;
    private readonly PhonePlans plans = PhonePlans.Read();

    public override int MaxLength => 30;

    /// <summary>All digits at once, or a first group that is not the whole number.</summary>
    public override DigitLead Lead { get; } = DigitLead.Of(@"\d{7,15}|\d{1,6}(?:[ \-./()]|\)[ \-]| [(/\-] ?)\d.*");

    public override bool CanBegin(char c) => c is '+' or '(' || char.IsAsciiDigit(c);

    public override bool HasOwnStart => true;

    /// <summary>What stands behind a plus is no number of its own.</summary>
    public override bool IsStart(ReadOnlySpan<char> text, int start) =>
        (start == 0 || text[start - 1] != '+') && base.IsStart(text, start);

    public override bool Match(ReadOnlySpan<char> text, int start, out int length, out bool alive)
    {
        length = -1;
        alive = false;
        var isInternational = text[start] == '+';
        Span<char> digits = stackalloc char[MaxDigits];
        var count = 0;
        var groups = 0;
        var i = isInternational ? start + 1 : start;
        var end = Math.Min(text.Length, start + MaxLength);
        while (i < end)
        {
            var groupStart = i;
            while (i < end && char.IsAsciiDigit(text[i]) && count < MaxDigits)
            {
                digits[count++] = text[i++];
            }

            var groupLength = i - groupStart;
            if (i < text.Length && char.IsAsciiDigit(text[i]))
            {
                // A longer number: what was read of this group is none of its own.
                return length > 0;
            }

            if (groupLength > 0)
            {
                groups++;
                if (groupLength == 1 && groups > (isInternational ? 3 : 1))
                {
                    // Figures one by one are no telephone number, unless more of the group is to come.
                    alive = i == text.Length;
                    return length > 0;
                }

                if (IsPossible(digits[..count], isInternational, text[start..i]))
                {
                    length = i - start;
                }
            }

            if (!SkipSeparator(text, ref i, isInternational && groups < 2, isFirst: groups == 0))
            {
                break;
            }
        }

        alive = i >= text.Length && i - start < MaxLength && count <= MaxDigits;
        return length > 0;
    }

    /// <summary>International numbers and those of the North American plan with its usual marks speak for themselves.</summary>
    public override Form FormOf(ReadOnlySpan<char> value)
    {
        if (value[0] == '+')
        {
            return Form.Marked;
        }

        var digits = 0;
        foreach (var c in value)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return (value[0] == '(' || value.Count('-') >= 2) && digits is 10 or 11 && IsNorthAmerican(value) ? Form.Marked : Form.Bare;
    }

    public override bool TellsBare => true;

    /// <summary>A marked number begins with a plus or bracket, or has its first hyphen behind at most two groups.</summary>
    public override bool IsBareAt(ReadOnlySpan<char> text, int start) =>
        char.IsAsciiDigit(text[start]) && text.Length - start > MaxBeforeHyphen && text.Slice(start, MaxBeforeHyphen + 1).IndexOf('-') < 0;

    private static bool IsNorthAmerican(ReadOnlySpan<char> value)
    {
        Span<char> digits = stackalloc char[MaxDigits];
        var count = 0;
        var groups = 0;
        Span<int> lengths = stackalloc int[MaxDigits];
        lengths.Clear();
        for (var i = 0; i < value.Length && count < MaxDigits; i++)
        {
            if (!char.IsAsciiDigit(value[i]))
            {
                continue;
            }

            groups += i == 0 || !char.IsAsciiDigit(value[i - 1]) ? 1 : 0;
            lengths[groups - 1]++;
            digits[count++] = value[i];
        }

        var skip = count == 11 && digits[0] == '1' ? 1 : 0;
        return count - skip == 10 && groups == 3 + skip && lengths[skip] == 3 && lengths[skip + 1] == 3
            && digits[skip] >= '2' && digits[skip + 3] >= '2';
    }

    private bool IsPossible(ReadOnlySpan<char> digits, bool isInternational, ReadOnlySpan<char> written)
    {
        if (isInternational)
        {
            return plans.IsInternational(digits);
        }

        if (digits.Length is < MinNational or > MaxNational || Symbols.AllSame(digits[1..]) || LooksLikeDate(written) || LooksLikeYears(written))
        {
            return false;
        }

        // 0049 30 … is the same as +49 30 …
        return !digits.StartsWith("00", StringComparison.Ordinal) || plans.IsInternational(digits[2..]);
    }

    private static bool LooksLikeDate(ReadOnlySpan<char> written) => written.Length is 10
        && ((char.IsAsciiDigit(written[3]) && written[4] is '-' or '/' or '.' && written[7] == written[4])
            || (written[2] is '-' or '/' or '.' && written[5] == written[2] && char.IsAsciiDigit(written[6])));

    /// <summary>2014-2025: the years of a copyright notice.</summary>
    private static bool LooksLikeYears(ReadOnlySpan<char> written) => written.Length is 9 && written[4] is '-' or '/'
        && written[..2] is "19" or "20" && written.Slice(5, 2) is "19" or "20";

    /// <summary>One separator, or a bracket with a blank; false at anything else.</summary>
    private static bool SkipSeparator(ReadOnlySpan<char> text, ref int i, bool allowsTrunkZero, bool isFirst)
    {
        if (i >= text.Length)
        {
            return false;
        }

        if (isFirst)
        {
            if (text[i] != '(')
            {
                return false;
            }

            i++;
            return true;
        }

        // +44 (0)20: the bracketed zero is not dialled.
        var at = i;
        if (text[at] is ' ' or '-' or '.' or '/' or ')')
        {
            at++;
            if (text[at - 1] == ')' && at < text.Length && text[at] is ' ' or '-')
            {
                at++;
            }
            else if (text[at - 1] == ' ' && at < text.Length && text[at] is '(' or '-' or '/')
            {
                at++;
                at += at < text.Length && text[at] == ' ' && text[at - 1] != '(' ? 1 : 0;
            }
        }
        else if (text[at] == '(')
        {
            at++;
        }
        else
        {
            return false;
        }

        if (allowsTrunkZero && at + 1 < text.Length && text[at - 1] == '(' && text[at] == '0' && text[at + 1] == ')')
        {
            at += 2;
            at += at < text.Length && text[at] == ' ' ? 1 : 0;
        }

        i = at;
        return i >= text.Length || char.IsAsciiDigit(text[i]);
    }
}
