using System.Buffers.Binary;
using System.Text;

namespace EdgeFilter.Detection.Tests.Tokenizers;

/// <summary>Makes a table of replacements as SentencePiece compiles it: a double-array trie over UTF-8, the texts behind it.</summary>
internal static class CharsMap
{
    private static readonly (string From, string To)[] Replacements =
    [
        ("\u00A0", " "), ("\u3000", " "), ("\t", " "), ("\n", " "), ("\r", " "), ("\u00AD", ""), ("\u200B", ""), ("\uFEFF", ""), ("Ａ", "A"), ("ｶ", "カ"), ("ｶﾞ", "ガ"),
        ("①", "1"), ("ﬁ", "fi"), ("ﬃ", "ffi"), ("½", "1⁄2"), ("\u212B", "\u00C5"), ("ﷺ", "صلى الله عليه وسلم"), ("e\u0301", "é"), ("a\u0301", "á"), ("İ", "i̇"), ("ß", "ss"),
        ("Σ", "σ"), ("😀", ":)"), ("𝐇", "H"), ("\u0001", ""), ("²", "2"), ("…", "..."), ("e\u0323", "ẹ"), ("１", "1"), ("ٱ", "ا"), ("ﾞ", "\u3099"),
    ];

    public static string Base64()
    {
        var texts = new List<byte>();
        var keys = Replacements.Select(r =>
        {
            var offset = texts.Count;
            texts.AddRange(Encoding.UTF8.GetBytes(r.To));
            texts.Add(0);
            return (Key: Encoding.UTF8.GetBytes(r.From), Value: (uint)offset);
        }).OrderBy(k => Convert.ToHexString(k.Key), StringComparer.Ordinal).ToArray();
        var units = new uint[64 * 1024];
        var used = new bool[units.Length];
        used[0] = true;
        Place(units, used, keys, node: 0, depth: 0);
        var last = Array.FindLastIndex(used, u => u);
        var size = ((last / 256) + 1) * 256;
        var bytes = new byte[4 + (size * 4) + texts.Count];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)(size * 4));
        for (var i = 0; i < size; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 + (i * 4)), units[i]);
        }

        texts.CopyTo(bytes, 4 + (size * 4));
        return Convert.ToBase64String(bytes);
    }

    /// <summary>Finds an offset under which all children are free; a value is the child 0.</summary>
    private static void Place(uint[] units, bool[] used, (byte[] Key, uint Value)[] keys, int node, int depth)
    {
        var children = keys.GroupBy(k => k.Key.Length == depth ? (byte)0 : k.Key[depth]).OrderBy(g => g.Key).ToArray();
        var offset = 1;
        while (children.Any(c => used[node ^ offset ^ c.Key]))
        {
            offset++;
        }

        units[node] |= (uint)offset << 10;
        foreach (var child in children)
        {
            var at = node ^ offset ^ child.Key;
            used[at] = true;
            if (child.Key == 0)
            {
                units[node] |= 1 << 8;
                units[at] = child.First().Value | (1u << 31);
            }
            else
            {
                units[at] |= child.Key;
            }
        }

        foreach (var child in children.Where(c => c.Key != 0))
        {
            Place(units, used, [.. child], node ^ offset ^ child.Key, depth + 1);
        }
    }
}
