using System.Globalization;
using System.Text;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Makes strings fit for a record: bounded, one line, nothing that reorders or hides text.</summary>
internal static class SafeText
{
    /// <summary>What stands in the record where a client sent something that is no plain name.</summary>
    public const string Unprintable = "(unrecognised)";

    /// <summary>One line of text that an operator or a policy author wrote: tenant, rule, reason.</summary>
    public static string Line(string? value, int maxLength)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "";
        }

        if (value.Length <= maxLength && !NeedsWork(value))
        {
            return value;
        }

        var line = new StringBuilder(Math.Min(value.Length, maxLength));
        foreach (var rune in value.EnumerateRunes())
        {
            if (line.Length + rune.Utf16SequenceLength > maxLength - 1)
            {
                line.Append('…');
                break;
            }

            line.Append(IsUnfit(rune) ? new Rune('\uFFFD') : rune);
        }

        return line.ToString();
    }

    /// <summary>
    /// A name that a client chose (a model): letters, digits and the few signs that model names use, or
    /// <see cref="Unprintable"/>. Free text can't pass through it into a log.
    /// </summary>
    public static string ClientName(string? value, int maxLength)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "";
        }

        if (value.Length > maxLength)
        {
            return Unprintable;
        }

        foreach (var c in value)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !"._:/@+-".Contains(c, StringComparison.Ordinal))
            {
                return Unprintable;
            }
        }

        return value;
    }

    /// <summary>A copy of the list, cut to <paramref name="maxCount"/>; what is passed in may change afterwards.</summary>
    public static IReadOnlyList<T> Bounded<T>(IReadOnlyList<T>? values, int maxCount) =>
        values is null or { Count: 0 } ? [] : values.Count <= maxCount ? [.. values] : [.. values.Take(maxCount)];

    /// <inheritdoc cref="Bounded{T}"/>
    public static IReadOnlyList<string> BoundedLines(IReadOnlyList<string>? values, int maxCount, int maxLength) =>
        values is null or { Count: 0 } ? [] : [.. values.Take(maxCount).Select(value => Line(value, maxLength))];

    private static bool NeedsWork(string value)
    {
        foreach (var c in value)
        {
            if (c is < ' ' or > '~')
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUnfit(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or
        UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
