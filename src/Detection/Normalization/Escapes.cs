using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace EdgeFilter.Detection.Normalization;

/// <summary>
/// Percent, backslash and HTML escapes. Each is recognised from its own characters alone, so it reads the same wherever a text is
/// cut: a doubled backslash does not shield the escape behind it.
/// </summary>
internal static class Escapes
{
    private const int MaxEntity = 18;

    private static readonly FrozenDictionary<string, int> Named = BuildNames();

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ByName =
        Named.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly SearchValues<char> NameChars =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    /// <summary>Reads the escape that begins at an index.</summary>
    /// <returns>Its length; 0 when there is none; -1 when the text ends before that is certain.</returns>
    public static int Match(ReadOnlySpan<char> text, int index, bool isFinal, out int codePoint)
    {
        codePoint = 0;
        var rest = text[index..];
        var length = rest[0] switch
        {
            '%' => rest.Length > 1 && rest[1] == 'u' ? Fixed(rest, 4, out codePoint) : Bytes(rest, '%', out codePoint),
            '=' => Quoted(text, index, isFinal, out codePoint),
            '&' => Entity(rest, isFinal, out codePoint),
            '\\' => Backslash(rest, out codePoint),
            _ => 0,
        };
        return length < 0 && isFinal ? 0 : length;
    }

    // =41=42: one alone is an equals sign and a number.
    private static int Quoted(ReadOnlySpan<char> text, int index, bool isFinal, out int codePoint)
    {
        var length = Bytes(text[index..], '=', out codePoint);
        if (length <= 0 || (index >= 3 && Byte(text[(index - 3)..], '=', out _) >= 0))
        {
            return length;
        }

        var isFollowed = Byte(text[(index + length)..], '=', out var lacks) >= 0;
        return isFollowed || length > 3 ? length : lacks && !isFinal ? -1 : 0;
    }

    // %41, and the bytes of one UTF-8 character: %C3%A9.
    private static int Bytes(ReadOnlySpan<char> text, char mark, out int codePoint)
    {
        codePoint = 0;
        var lead = Byte(text, mark, out var lacks);
        if (lead < 0)
        {
            return lacks ? -1 : 0;
        }

        var more = lead switch { < 0x80 => 0, >= 0xC2 and < 0xE0 => 1, >= 0xE0 and < 0xF0 => 2, >= 0xF0 and < 0xF5 => 3, _ => -1 };
        if (more < 0)
        {
            return 0;
        }

        Span<byte> bytes = [(byte)lead, 0, 0, 0];
        for (var i = 1; i <= more; i++)
        {
            var next = Byte(text[(3 * i)..], mark, out lacks);
            if (next is < 0x80 or >= 0xC0)
            {
                return next < 0 && lacks ? -1 : 0;
            }

            bytes[i] = (byte)next;
        }

        if (Rune.DecodeFromUtf8(bytes[..(more + 1)], out var rune, out _) != OperationStatus.Done)
        {
            return 0;
        }

        codePoint = rune.Value;
        return 3 * (more + 1);
    }

    private static int Byte(ReadOnlySpan<char> text, char mark, out bool lacks)
    {
        lacks = text.Length == 0 || (text[0] == mark && (text.Length == 1 || (text.Length == 2 && char.IsAsciiHexDigit(text[1]))));
        return text.Length >= 3 && text[0] == mark ? Hex(text.Slice(1, 2)) : -1;
    }

    // \u0041 \u{41} \U00000041 \x41 \101, those with their backslash escaped again, and the one-letter escapes that glue a word to a letter that isn't part of it.
    private static int Backslash(ReadOnlySpan<char> text, out int codePoint)
    {
        codePoint = 0;
        if (text.Length == 1)
        {
            return -1;
        }

        switch (text[1])
        {
            case 'u' when text.Length > 2 && text[2] == '{':
                return Braced(text, out codePoint);
            case 'u':
                return Fixed(text, 4, out codePoint);
            case 'U':
                return Fixed(text, 8, out codePoint);
            case 'x':
                return Fixed(text, 2, out codePoint);
            case 'n' or 'r' or 't':
                if (text.Length == 2)
                {
                    return -1;
                }

                codePoint = text[1] switch { 'n' => '\n', 'r' => '\r', _ => '\t' };
                return char.IsAsciiLetterOrDigit(text[2]) ? 2 : 0;
            case >= '0' and <= '3':
                return Octal(text, out codePoint);
            case '\\':
                return Doubled(text, out codePoint);
            case '/' or '"' or '\'':
                codePoint = text[1];
                return 2;
            default:
                return 0;
        }
    }

    private static int Octal(ReadOnlySpan<char> text, out int codePoint)
    {
        codePoint = 0;
        for (var i = 1; i <= 3; i++)
        {
            if (i == text.Length)
            {
                return -1;
            }

            if (text[i] is < '0' or > '7')
            {
                return 0;
            }

            codePoint = (codePoint * 8) + text[i] - '0';
        }

        // Others are numbers and references of regular expressions.
        return codePoint is >= ' ' and < 0x7F ? 4 : 0;
    }

    /// <summary>An escape whose backslash is itself escaped, once or twice.</summary>
    private static int Doubled(ReadOnlySpan<char> text, out int codePoint)
    {
        const int Most = 4;
        codePoint = 0;
        var backslashes = text.IndexOfAnyExcept('\\');
        if (backslashes < 0)
        {
            return text.Length <= Most ? -1 : 0;
        }

        if (backslashes > Most || text[backslashes] is not ('u' or 'U' or 'x' or (>= '0' and <= '3')))
        {
            return 0;
        }

        var length = Backslash(text[(backslashes - 1)..], out codePoint);
        return length > 0 ? length + backslashes - 1 : length;
    }

    private static int Fixed(ReadOnlySpan<char> text, int digits, out int codePoint)
    {
        var available = Math.Min(digits, text.Length - 2);
        codePoint = Hex(text.Slice(2, available));
        if (codePoint < 0)
        {
            return 0;
        }

        return available < digits ? -1 : Valid(codePoint, digits + 2);
    }

    private static int Braced(ReadOnlySpan<char> text, out int codePoint)
    {
        codePoint = 0;
        var at = 3;
        while (at < text.Length && at < 9 && char.IsAsciiHexDigit(text[at]))
        {
            at++;
        }

        if (at == text.Length)
        {
            return -1;
        }

        codePoint = text[at] == '}' ? Hex(text[3..at]) : -1;
        return at == 3 || codePoint < 0 ? 0 : Valid(codePoint, at + 1);
    }

    private static int Entity(ReadOnlySpan<char> text, bool isFinal, out int codePoint)
    {
        codePoint = 0;
        if (text.Length > 1 && text[1] == '#')
        {
            return Numeric(text, isFinal, out codePoint);
        }

        var name = text[1..Math.Min(text.Length, MaxEntity)];
        var length = name.IndexOfAnyExcept(NameChars);
        if (length < 0)
        {
            return text.Length < MaxEntity ? -1 : 0;
        }

        return name[length] == ';' && ByName.TryGetValue(name[..length], out codePoint) ? length + 2 : 0;
    }

    private static int Numeric(ReadOnlySpan<char> text, bool isFinal, out int codePoint)
    {
        codePoint = 0;
        var hex = text.Length > 2 && (text[2] | 0x20) == 'x';
        var first = hex ? 3 : 2;
        var at = first;
        while (at < text.Length && at < first + 8 && (hex ? char.IsAsciiHexDigit(text[at]) : char.IsAsciiDigit(text[at])))
        {
            codePoint = Math.Min((codePoint * (hex ? 16 : 10)) + Digit(text[at]), 0x110000);
            at++;
        }

        if (at == text.Length && !isFinal)
        {
            return -1;
        }

        if (at == first)
        {
            return 0;
        }

        // Browsers, and models, read it without the semicolon too.
        return Valid(codePoint, at < text.Length && text[at] == ';' ? at + 1 : at);
    }

    private static int Valid(int codePoint, int length) => codePoint is > 0 and <= 0x10FFFF ? length : 0;

    private static int Hex(ReadOnlySpan<char> digits)
    {
        var value = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return -1;
            }

            value = value > 0xFFFFFF ? 0x7FFFFFFF : (value << 4) | Digit(c);
        }

        return value;
    }

    private static int Digit(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

    private static FrozenDictionary<string, int> BuildNames()
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["amp"] = '&', ["lt"] = '<', ["gt"] = '>', ["quot"] = '"', ["apos"] = '\'', ["nbsp"] = ' ', ["commat"] = '@',
            ["period"] = '.', ["comma"] = ',', ["colon"] = ':', ["semi"] = ';', ["hyphen"] = '-', ["dash"] = '-', ["num"] = '#',
            ["dollar"] = '$', ["percnt"] = '%', ["lowbar"] = '_', ["UnderBar"] = '_', ["sol"] = '/', ["bsol"] = '\\', ["lpar"] = '(',
            ["rpar"] = ')', ["lsqb"] = '[', ["lbrack"] = '[', ["rsqb"] = ']', ["rbrack"] = ']', ["lcub"] = '{', ["lbrace"] = '{',
            ["rcub"] = '}', ["rbrace"] = '}', ["plus"] = '+', ["equals"] = '=', ["ast"] = '*', ["excl"] = '!', ["quest"] = '?',
            ["Tab"] = '\t', ["NewLine"] = '\n', ["ensp"] = ' ', ["emsp"] = ' ', ["thinsp"] = ' ', ["shy"] = 0xAD, ["zwj"] = 0x200D,
            ["zwnj"] = 0x200C, ["lrm"] = 0x200E, ["rlm"] = 0x200F, ["ZeroWidthSpace"] = 0x200B, ["NoBreak"] = 0x2060,
            ["szlig"] = 'ß', ["ndash"] = '–', ["mdash"] = '—', ["grave"] = '`', ["Hat"] = '^', ["vert"] = '|', ["verbar"] = '|',
        };

        // Letters with diacritics in the order of Latin-1, where the names follow the code points.
        string[] latin =
        [
            "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave",
            "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute", "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave",
            "Uacute", "Ucirc", "Uuml", "Yacute",
        ];
        for (var i = 0; i < latin.Length; i++)
        {
            names[latin[i]] = 0xC0 + i;
            if (latin[i] != "times")
            {
                names[latin[i] is "ETH" ? "eth" : latin[i] is "AElig" ? "aelig" : char.ToLowerInvariant(latin[i][0]) + latin[i][1..]] = 0xE0 + i;
            }
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
