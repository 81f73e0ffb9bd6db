using System.Globalization;
using System.Text;

namespace EdgeFilter.Proxy.Tests.Streaming.Fakes;

/// <summary>Texts full of near matches, and every way of writing and cutting them.</summary>
internal static class RandomText
{
    private static readonly string[] Pieces =
        ["secret", "sec", "s", "ret", "secre", "secsecret", " ", "a", "é", "😀", "\"", "\\", "\n", "word ", "{\"x\":1}", "[x]", "\u2028", "\u0001"];

    public static string Next(Random random, int pieces, bool mayBlock = false)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pieces; i++)
        {
            text.Append(mayBlock && random.Next(12) == 0 ? WordChannels.Blocked : Pieces[random.Next(Pieces.Length)]);
        }

        return text.ToString();
    }

    /// <summary>Cuts a text into deltas, some of them empty; between code units, or only between characters.</summary>
    public static List<string> Deltas(Random random, string text, bool insidePairs)
    {
        var deltas = new List<string>();
        while (text.Length > 0)
        {
            var length = Math.Min(text.Length, random.Next(0, 8));
            if (!insidePairs && length > 0 && length < text.Length && char.IsHighSurrogate(text[length - 1]))
            {
                length++;
            }

            deltas.Add(text[..length]);
            text = text[length..];
        }

        return deltas;
    }

    /// <summary>A JSON string, each character written as itself or as one of its escapes.</summary>
    public static string Json(Random random, string text)
    {
        var json = new StringBuilder("\"");
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isHalf = char.IsSurrogate(c) && !(char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]));
            if (isHalf || random.Next(8) == 0 || c < ' ')
            {
                json.Append(Escape(c, random));
            }
            else if (char.IsHighSurrogate(c))
            {
                json.Append(c).Append(text[++i]);
            }
            else
            {
                json.Append(c is '"' or '\\' ? "\\" + c : c);
            }
        }

        return json.Append('"').ToString();
    }

    private static string Escape(char c, Random random) =>
        "\\u" + ((int)c).ToString(random.Next(2) == 0 ? "x4" : "X4", CultureInfo.InvariantCulture);
}
