using System.Text;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>
/// The same digits with separators wherever people put them. Too permissive to stand alone: rules made of it need a context word,
/// and their check digits.
/// </summary>
internal static class LoosePattern
{
    private const string Separator = "[ ./-]?";

    /// <summary>Rewrites a pattern of the data file so that a single separator may stand between any two digits.</summary>
    public static string Of(string pattern)
    {
        var loose = new StringBuilder();
        var at = 0;
        while (at < pattern.Length)
        {
            if (TryOptionalSeparator(pattern, at, out var length))
            {
                AppendSeparator(loose);
                at += length;
            }
            else if (pattern.AsSpan(at).StartsWith(@"\d", StringComparison.Ordinal))
            {
                at = AppendDigits(loose, pattern, at + 2);
            }
            else if (pattern[at] == '[')
            {
                var end = pattern.IndexOf(']', at) + 1;
                loose.Append(pattern, at, end - at);
                var holdsDigits = pattern.AsSpan(at, end - at).ContainsAnyInRange('0', '9');
                at = end;
                if (holdsDigits)
                {
                    SeparateFrom(loose, pattern, at);
                }
            }
            else
            {
                // A quantifier or an escape belongs to what stands before or behind it.
                loose.Append(pattern[at]);
                if (pattern[at] == '\\')
                {
                    loose.Append(pattern[++at]);
                }

                at++;
                if (pattern[at - 1] == ')')
                {
                    SeparateFrom(loose, pattern, at);
                }
            }
        }

        return loose.ToString();
    }

    private static bool TryOptionalSeparator(string pattern, int at, out int length)
    {
        foreach (var written in (string[])["[ ]?", "[ -]?", "[- ]?", "[. ]?", "[.-]?", "[/ ]?", "[ /]?", "[/ -]?", "[ .-]?", "[. -]?", "[- .]?", "[ ./-]?", "[ :-]?", "[ /-]?", @"\.?", "-?", "/?"])
        {
            if (string.CompareOrdinal(pattern, at, written, 0, written.Length) == 0)
            {
                length = written.Length;
                return true;
            }
        }

        length = 0;
        return false;
    }

    /// <summary>Behind the <c>\d</c>: its count, if any, becomes digits with separators between.</summary>
    private static int AppendDigits(StringBuilder loose, string pattern, int at)
    {
        loose.Append(@"\d");
        if (at < pattern.Length && pattern[at] == '{')
        {
            var end = pattern.IndexOf('}', at);
            var counts = pattern[(at + 1)..end].Split(',').Select(c => int.Parse(c, System.Globalization.CultureInfo.InvariantCulture) - 1);
            if (counts.First() >= 0)
            {
                loose.Append("(?:").Append(Separator).Append(@"\d){").AppendJoin(',', counts).Append('}');
                at = end + 1;
            }
        }

        SeparateFrom(loose, pattern, at);
        return at;
    }

    /// <summary>Digits directly behind others may be parted from them.</summary>
    private static void SeparateFrom(StringBuilder loose, string pattern, int at)
    {
        if (at < pattern.Length && (pattern[at] is '[' or '(' || pattern.AsSpan(at).StartsWith(@"\d", StringComparison.Ordinal))
            && !TryOptionalSeparator(pattern, at, out _))
        {
            AppendSeparator(loose);
        }
    }

    private static void AppendSeparator(StringBuilder loose)
    {
        if (!loose.ToString().EndsWith(Separator, StringComparison.Ordinal))
        {
            loose.Append(Separator);
        }
    }
}
