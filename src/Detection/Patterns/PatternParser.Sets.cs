using System.Globalization;

namespace EdgeFilter.Detection.Patterns;

/// <content>Escapes and sets: what stands for one character.</content>
internal sealed partial class PatternParser
{
    private CharSet? ParseClassEscape()
    {
        CharSet? set = pattern[at] switch
        {
            'd' => CharSet.Digit,
            'D' => CharSet.Digit.Negate(),
            'w' => CharSet.Word,
            'W' => CharSet.Word.Negate(),
            's' => CharSet.Space,
            'S' => CharSet.Space.Negate(),
            _ => null,
        };
        if (set is not null)
        {
            at++;
        }

        return set;
    }

    private char ParseCharEscape()
    {
        var c = pattern[at++];
        switch (c)
        {
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'f':
                return '\f';
            case 'v':
                return '\v';
            case '0':
                return '\0';
            case 'x':
                return ParseHex(2);
            case 'u':
                return ParseHex(4);
            default:
                if (char.IsAsciiLetterOrDigit(c))
                {
                    throw new PatternException($"\\{c} is not available in the linear-time engine", at - 2);
                }

                return c;
        }
    }

    private char ParseHex(int digits)
    {
        if (at + digits > pattern.Length
            || !ushort.TryParse(pattern.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            throw Error($"{digits} hexadecimal digits are expected here");
        }

        at += digits;
        return (char)value;
    }

    private CharSet ParseSet()
    {
        var open = at - 1;
        var negate = at < pattern.Length && pattern[at] == '^';
        if (negate)
        {
            at++;
        }

        var ranges = new List<(char, char)>();
        var first = true;
        while (at < pattern.Length && (pattern[at] != ']' || first))
        {
            first = false;
            if (pattern[at] == '\\' && at + 1 < pattern.Length)
            {
                at++;
                if (ParseClassEscape() is { } named)
                {
                    ranges.AddRange(named.Ranges.ToArray());
                    continue;
                }

                AddRange(ranges, pattern[at] == 'b' ? Advance('\b') : ParseCharEscape());
            }
            else
            {
                AddRange(ranges, pattern[at++]);
            }
        }

        if (at >= pattern.Length)
        {
            throw new PatternException("'[' is never closed; write \\[ for the character", open);
        }

        at++;
        var set = CharSet.Of(ranges);
        set = ignoreCase ? set.IgnoreCase() : set;
        return negate ? set.Negate() : set;
    }

    private char Advance(char c)
    {
        at++;
        return c;
    }

    private void AddRange(List<(char, char)> ranges, char from)
    {
        var to = from;
        if (at + 1 < pattern.Length && pattern[at] == '-' && pattern[at + 1] != ']')
        {
            at++;
            if (pattern[at] == '\\')
            {
                at++;
                to = ParseCharEscape();
            }
            else
            {
                to = pattern[at++];
            }

            if (to < from)
            {
                throw Error($"the range {from}-{to} runs backwards");
            }
        }

        ranges.Add((from, to));
    }
}
