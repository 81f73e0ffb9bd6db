using System.Globalization;
using System.Text;

namespace EdgeFilter.Proxy.Tests.Bodies;

/// <summary>Writes random JSON with every way to spell a string: raw, two-letter escapes, <c>\u</c> in both cases, surrogate pairs.</summary>
internal sealed class RandomJson(int seed)
{
    private static readonly string[] Pieces =
        ["a", "secret", " ", "é", "漢", "😀", "\"", "\\", "/", "\n", "\t", "\u0001", "\u2028", "ſ", "𝒳", "{", "]", ",", ":", "0"];

    private readonly Random random = new(seed);

    public Random Random => random;

    public string Text(int maxPieces = 12) => string.Concat(Enumerable.Range(0, random.Next(maxPieces)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    /// <summary>A string as JSON, quotes included.</summary>
    public string Quoted(string text)
    {
        var builder = new StringBuilder("\"");
        foreach (var unit in text)
        {
            var mustEscape = unit is '"' or '\\' or < ' ';
            var style = random.Next(6);
            if (char.IsSurrogate(unit))
            {
                // Both halves of a pair are written the same way.
                style = char.IsHighSurrogate(unit) ? pairStyle = random.Next(2) : pairStyle;
            }

            if (style == 0 || (mustEscape && style > 2))
            {
                builder.Append("\\u").Append(((int)unit).ToString(random.Next(2) == 0 ? "x4" : "X4", CultureInfo.InvariantCulture));
            }
            else if (mustEscape || (unit == '/' && style == 1))
            {
                var two = "\"\\/\b\f\n\r\t".IndexOf(unit);
                builder.Append(two >= 0 ? "\\" + "\"\\/bfnrt"[two] : $"\\u{(int)unit:x4}");
            }
            else
            {
                builder.Append(unit);
            }
        }

        return builder.Append('"').ToString();
    }

    private int pairStyle;

    public string Value(int depth = 4)
    {
        switch (random.Next(depth > 0 ? 8 : 5))
        {
            case 0: return Quoted(Text());
            case 1: return Number();
            case 2: return random.Next(3) switch { 0 => "true", 1 => "false", _ => "null" };
            case 3:
            case 4: return Quoted(Text());
            case 5: return $"[{Space()}{string.Join(Comma(), Enumerable.Range(0, random.Next(5)).Select(_ => Value(depth - 1)))}{Space()}]";
            default:
                var names = Enumerable.Range(0, random.Next(20)).Select(i => $"{i}.{Text(3)}").ToArray();
                return $"{{{Space()}{string.Join(Comma(), names.Select(n => $"{Quoted(n)}{Space()}:{Space()}{Value(depth - 1)}"))}{Space()}}}";
        }
    }

    public string Number() => random.Next(5) switch
    {
        0 => random.Next().ToString(CultureInfo.InvariantCulture),
        1 => "-0",
        2 => "1.0E+2",
        3 => "12345678901234567890",
        _ => $"-{random.Next(100)}.{random.Next(100)}",
    };

    private string Space() => random.Next(4) switch { 0 => " ", 1 => "\n\t", 2 => "\r\n", _ => "" };

    private string Comma() => $"{Space()},{Space()}";
}
