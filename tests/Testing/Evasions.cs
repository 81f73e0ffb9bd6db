using System.Globalization;
using System.Text;

namespace EdgeFilter.Testing;

/// <summary>
/// Ways to disguise a value, as tests and benchmarks apply them. Each changes an ASCII text into one that a person, a model
/// or the simplest tool reads the same.
/// </summary>
public static class Evasions
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz";
    private const string CyrillicTwins = "аbсdеfgһіјklmnорqrѕtuvwхуz";
    private const string GreekTwins = "αbcdefghιjκlmnοpqrstυνwxyz";

    /// <summary>All of them but <see cref="Rot13"/>.</summary>
    public static IReadOnlyList<Evasion> All { get; } =
    [
        new("zero-width-space", s => Interleave(s, "\u200B")),
        new("zero-width-non-joiner", s => Interleave(s, "\u200C")),
        new("zero-width-joiner", s => Interleave(s, "\u200D")),
        new("word-joiner", s => Interleave(s, "\u2060")),
        new("byte-order-mark", s => Interleave(s, "\uFEFF")),
        new("soft-hyphen", s => Interleave(s, "\u00AD")),
        new("bidi-embedding", s => Interleave(s, "\u202A\u202C")),
        new("bidi-isolate", s => Interleave(s, "\u2066\u2069")),
        new("variation-selector", s => Interleave(s, "\uFE0F")),
        new("invisible-runs", s => Interleave(s, "\u200B\u2060\u200D\uFEFF")),
        new("tag-characters", s => Map(s, c => char.ConvertFromUtf32(0xE0000 + c))),
        new("full-width", s => Map(s, c => c is > ' ' and <= '~' ? ((char)(c + 0xFEE0)).ToString() : c.ToString())),
        new("mathematical-bold", s => Map(s, c => Styled(c, 0x1D400, 0x1D41A, 0x1D7CE))),
        new("mathematical-monospace", s => Map(s, c => Styled(c, 0x1D670, 0x1D68A, 0x1D7F6))),
        new("double-struck-digits", s => Map(s, c => Styled(c, 0, 0, 0x1D7D8))),
        new("circled", s => Map(s, Circled)),
        new("arabic-indic-digits", s => Digits(s, 0x660)),
        new("devanagari-digits", s => Digits(s, 0x966)),
        new("superscript-digits", s => Map(s, c => c is >= '0' and <= '9' ? "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0'].ToString() : c.ToString())),
        new("cyrillic-look-alikes", s => Twins(s, CyrillicTwins)),
        new("greek-look-alikes", s => Twins(s, GreekTwins)),
        new("combining-marks", s => Interleave(s, "\u0336")),
        new("non-breaking-hyphens", s => s.Replace('-', '\u2011')),
        new("en-dashes", s => s.Replace('-', '\u2013')),
        new("no-break-spaces", s => s.Replace(' ', '\u00A0')),
        new("thin-spaces", s => s.Replace(' ', '\u2009')),
        new("html-decimal", s => Map(s, c => string.Create(CultureInfo.InvariantCulture, $"&#{(int)c};"))),
        new("html-hexadecimal", s => Map(s, c => string.Create(CultureInfo.InvariantCulture, $"&#x{(int)c:X};"))),
        new("percent", s => Map(s, c => string.Create(CultureInfo.InvariantCulture, $"%{(int)c:X2}"))),
        new("percent-twice", s => Map(s, c => string.Create(CultureInfo.InvariantCulture, $"%25{(int)c:X2}"))),
        new("unicode-escapes", s => Map(s, c => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"))),
        new("hexadecimal-escapes", s => Map(s, c => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"))),
        new("spaced-out", s => Interleave(s.Replace(" ", "", StringComparison.Ordinal), " ")),
        new("dotted", s => Interleave(s.Replace(" ", "", StringComparison.Ordinal), ".")),
        new("dashed", s => Interleave(s.Replace(" ", "", StringComparison.Ordinal), "-")),
        new("base64", s => Convert.ToBase64String(Encoding.UTF8.GetBytes(s))),
        new("base64url", s => Convert.ToBase64String(Encoding.UTF8.GetBytes(s)).TrimEnd('=').Replace('+', '-').Replace('/', '_')),
        new("base64-twice", s => Base64(Base64(s))),
        new("hexadecimal", s => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(s))),
        new("base32", Base32),
        new("octal-escapes", s => Map(s, c => "\\" + Convert.ToString(c, 8).PadLeft(3, '0'))),
        new("percent-u", s => Map(s, c => string.Create(CultureInfo.InvariantCulture, $"%u{(int)c:X4}"))),
        new("escapes-escaped", s => Map(s, c => string.Create(CultureInfo.InvariantCulture, $"\\\\u{(int)c:x4}"))),
        new("quoted-printable", s => Map(s, c => string.Create(CultureInfo.InvariantCulture, $"={(int)c:X2}"))),
        new("hexadecimal-spaced", s => Interleave2(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(s)), ' ')),
        new("hexadecimal-colons", s => Interleave2(Convert.ToHexString(Encoding.UTF8.GetBytes(s)), ':')),
        new("base64-of-utf-16", s => Convert.ToBase64String(Encoding.Unicode.GetBytes(s))),
        new("base64-of-utf-16-big-endian", s => Convert.ToBase64String(Encoding.BigEndianUnicode.GetBytes(s))),
        new("one-dot-leaders", s => s.Replace('.', '\u2024')),
        new("negative-circled-digits", s => Map(s, c => c is >= '1' and <= '9' ? ((char)(0x2776 + c - '1')).ToString() : c == '0' ? "\u24FF" : c.ToString())),
        new("bracketed-digits", s => Map(s, c => c is >= '1' and <= '9' ? ((char)(0x2474 + c - '1')).ToString() : c.ToString())),
        new("spaced-out-no-break", s => Interleave(s.Replace(" ", "", StringComparison.Ordinal), "\u00A0")),
        new("spaced-out-full-width", s => Interleave(Map(s.Replace(" ", "", StringComparison.Ordinal), c => c is > ' ' and <= '~' ? ((char)(c + 0xFEE0)).ToString() : c.ToString()), " ")),
    ];

    private static string Base64(string s) => Convert.ToBase64String(Encoding.UTF8.GetBytes(s));

    private static string Map(string s, Func<char, string> map) => string.Concat(s.Select(map));

    private static string Interleave(string s, string between) => string.Join(between, s.Select(c => c.ToString()));

    private static string Interleave2(string pairs, char between) => string.Join(between, pairs.Chunk(2).Select(pair => new string(pair)));

    private static string Digits(string s, int zero) =>
        Map(s, c => c is >= '0' and <= '9' ? char.ConvertFromUtf32(zero + c - '0') : c.ToString());

    private static string Styled(char c, int upper, int lower, int zero) => c switch
    {
        >= 'A' and <= 'Z' when upper > 0 => char.ConvertFromUtf32(upper + c - 'A'),
        >= 'a' and <= 'z' when lower > 0 => char.ConvertFromUtf32(lower + c - 'a'),
        >= '0' and <= '9' => char.ConvertFromUtf32(zero + c - '0'),
        _ => c.ToString(),
    };

    private static string Circled(char c) => c switch
    {
        >= 'A' and <= 'Z' => ((char)(0x24B6 + c - 'A')).ToString(),
        >= 'a' and <= 'z' => ((char)(0x24D0 + c - 'a')).ToString(),
        >= '1' and <= '9' => ((char)(0x2460 + c - '1')).ToString(),
        '0' => "\u24EA",
        _ => c.ToString(),
    };

    private static string Twins(string s, string twins) => Map(s, c =>
    {
        var at = Alphabet.IndexOf(c, StringComparison.Ordinal);
        return (at < 0 ? c : twins[at]).ToString();
    });

    private static string Base32(string s)
    {
        const string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var encoded = new StringBuilder();
        var bits = 0;
        var count = 0;
        foreach (var b in Encoding.UTF8.GetBytes(s))
        {
            bits = ((bits << 8) | b) & 0xFFF;
            for (count += 8; count >= 5; count -= 5)
            {
                encoded.Append(digits[(bits >> (count - 5)) & 31]);
            }
        }

        if (count > 0)
        {
            encoded.Append(digits[(bits << (5 - count)) & 31]);
        }

        return encoded.Append('=', (8 - (encoded.Length % 8)) % 8).ToString();
    }

    /// <summary>Letters rotated by thirteen: judged only where the rotated word looks like a key or an address.</summary>
    public static Evasion Rot13 { get; } = new("rot13", s => Map(s, c => c switch
    {
        >= 'A' and <= 'Z' => ((char)('A' + ((c - 'A' + 13) % 26))).ToString(),
        >= 'a' and <= 'z' => ((char)('a' + ((c - 'a' + 13) % 26))).ToString(),
        _ => c.ToString(),
    }));
}
