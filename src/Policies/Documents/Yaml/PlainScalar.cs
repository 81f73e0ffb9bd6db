using System.Globalization;
using System.Numerics;

namespace EdgeFilter.Policies.Documents.Yaml;

/// <summary>
/// What YAML readers make of a scalar written without quotes. Readers of YAML 1.1 and 1.2 disagree, and a policy passes through
/// several of them (editors, linters, deployment tools): what any of them would convert is refused where text is meant.
/// </summary>
internal static class PlainScalar
{
    private static readonly HashSet<string> Booleans = new(StringComparer.OrdinalIgnoreCase) { "true", "false", "yes", "no", "on", "off", "y", "n" };

    /// <summary>True for an empty value, <c>~</c> and <c>null</c>.</summary>
    public static bool IsNull(YamlScalar scalar) => scalar.IsPlain && (scalar.Text is "" or "~" or "null" or "Null" or "NULL");

    /// <summary>What some YAML reader makes of it: "the boolean false", "the number 1.1"; null when all read text.</summary>
    public static string? Reading(YamlScalar scalar)
    {
        if (!scalar.IsPlain)
        {
            return null;
        }

        var text = scalar.Text;
        if (IsNull(scalar))
        {
            return "nothing (null)";
        }

        if (Booleans.Contains(text))
        {
            return text.ToUpperInvariant() is "TRUE" or "YES" or "ON" or "Y" ? "the boolean true" : "the boolean false";
        }

        if (text is ".inf" or ".Inf" or ".INF" or "-.inf" or ".nan" or ".NaN" or ".NAN")
        {
            return "a number that is not a number";
        }

        return text.Length <= 64 && (char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.') ? NumberReading(text) : null;
    }

    public static string Describe(YamlScalar scalar)
    {
        if (IsNull(scalar))
        {
            return "nothing";
        }

        return Reading(scalar) ?? $"the text '{Shorten(scalar.Text)}'";
    }

    /// <summary>Long values are cut for messages, control characters shown as a dot.</summary>
    public static string Shorten(string text, int longest = 60)
    {
        var cut = text.Length > longest ? string.Concat(text.AsSpan(0, longest - 3), "...") : text;
        return string.Concat(cut.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '.' : c));
    }

    private static string? NumberReading(string text)
    {
        var sign = text[0] is '-' or '+' ? text[..1] : "";
        var body = text[sign.Length..];
        var digits = body.Replace("_", "", StringComparison.Ordinal);
        if (digits.Length == 0 || digits[0] == '_')
        {
            return null;
        }

        if (digits.StartsWith("0x", StringComparison.Ordinal) && digits.Length > 2 && digits.Skip(2).All(char.IsAsciiHexDigit))
        {
            return $"the hexadecimal number {sign}{BigInteger.Parse("0" + digits[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)}";
        }

        if (digits.StartsWith("0o", StringComparison.Ordinal) && digits.Length > 2 && digits.Skip(2).All(c => c is >= '0' and <= '7'))
        {
            return $"the octal number {sign}{Octal(digits[2..])}";
        }

        if (digits.Length > 1 && digits[0] == '0' && digits.All(c => c is >= '0' and <= '7'))
        {
            return $"the octal number {sign}{Octal(digits)}";
        }

        if (digits.All(char.IsAsciiDigit))
        {
            return $"the number {sign}{BigInteger.Parse(digits, CultureInfo.InvariantCulture)}";
        }

        if (IsSexagesimal(digits, out var seconds))
        {
            return $"the number {seconds} (a count in base 60)";
        }

        if (DateOnly.TryParseExact(text, "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return $"the date {text}";
        }

        const NumberStyles Float = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(digits, Float, CultureInfo.InvariantCulture, out var number)
            ? $"the number {sign}{number.ToString("R", CultureInfo.InvariantCulture)}"
            : null;
    }

    private static BigInteger Octal(string digits) => digits.Aggregate(BigInteger.Zero, (value, c) => (value * 8) + (c - '0'));

    private static bool IsSexagesimal(string text, out long value)
    {
        value = 0;
        var parts = text.Split(':');
        if (parts.Length is < 2 or > 4)
        {
            return false;
        }

        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length is 0 or > 4 || !parts[i].All(char.IsAsciiDigit))
            {
                return false;
            }

            var part = int.Parse(parts[i], CultureInfo.InvariantCulture);
            if (i > 0 && part > 59)
            {
                return false;
            }

            value = (value * 60) + part;
        }

        return true;
    }
}
