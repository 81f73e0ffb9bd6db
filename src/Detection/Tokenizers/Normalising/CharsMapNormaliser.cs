using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using EdgeFilter.Detection.Tokenizers.Text;

namespace EdgeFilter.Detection.Tokenizers.Normalising;

/// <summary>
/// <c>Precompiled</c>: the table of replacements that SentencePiece compiles into a model, a double-array trie over UTF-8 with the
/// replacements behind it.
/// </summary>
/// <remarks>
/// As the reference does: whole graphemes of fewer than six bytes are looked up first, then single characters, and the first hit on
/// the way down counts, even for a prefix. Source: sentencepiece normalizer.cc, tokenizers precompiled.rs.
/// </remarks>
internal sealed class CharsMapNormaliser : ITextNormaliser
{
    private const int LongestGrapheme = 5;

    private readonly uint[] trie;
    private readonly byte[] texts;
    private readonly Dictionary<int, string> byOffset = [];

    /// <exception cref="TokenizerException">The bytes are not such a table.</exception>
    public CharsMapNormaliser(ReadOnlySpan<byte> table)
    {
        if (table.Length < 4 || BinaryPrimitives.ReadUInt32LittleEndian(table) is var size && (size % 4 != 0 || size == 0 || size > table.Length - 4))
        {
            throw new TokenizerException("The normaliser's precompiled_charsmap is cut off or is no such table. Take tokenizer.json from where the model came from again.");
        }

        trie = new uint[size / 4];
        for (var i = 0; i < trie.Length; i++)
        {
            trie[i] = BinaryPrimitives.ReadUInt32LittleEndian(table[(4 + (i * 4))..]);
        }

        texts = table[(4 + (int)size)..].ToArray();
        for (var start = 0; start < texts.Length;)
        {
            var length = texts.AsSpan(start).IndexOf((byte)0);
            length = length < 0 ? texts.Length - start : length;
            byOffset[start] = Encoding.UTF8.GetString(texts.AsSpan(start, length));
            start += length + 1;
        }
    }

    public void Rewrite(AlignedText source, TextPiece piece, AlignedText target)
    {
        var units = source.Units[piece.Start..piece.End];
        var changes = new List<(Rune Rune, int Change)>(units.Length);
        var isChanged = false;
        Span<byte> bytes = stackalloc byte[4 * LongestGrapheme];
        while (units.Length > 0)
        {
            var length = StringInfo.GetNextTextElementLength(units);
            var grapheme = units[..length];
            units = units[length..];
            if (length <= LongestGrapheme && Encoding.UTF8.GetByteCount(grapheme) <= LongestGrapheme
                && Find(bytes[..Encoding.UTF8.GetBytes(grapheme, bytes)]) is { } whole)
            {
                isChanged = true;
                Replace(changes, CountRunes(grapheme), whole);
                continue;
            }

            foreach (var rune in grapheme.EnumerateRunes())
            {
                if (Find(bytes[..rune.EncodeToUtf8(bytes)]) is { } one)
                {
                    isChanged = true;
                    Replace(changes, 1, one);
                }
                else
                {
                    changes.Add((rune, 0));
                }
            }
        }

        if (!isChanged)
        {
            target.Append(source, piece.Start, piece.End);
            return;
        }

        var aligner = new Aligner(source, piece.Start, piece.End, target);
        foreach (var (rune, change) in changes)
        {
            aligner.Put(rune, change);
        }
    }

    private static int CountRunes(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    private static void Replace(List<(Rune Rune, int Change)> changes, int old, string text)
    {
        var start = changes.Count;
        foreach (var rune in text.EnumerateRunes())
        {
            changes.Add((rune, changes.Count - start < old ? 0 : 1));
        }

        var gone = old - (changes.Count - start);
        if (gone > 0 && changes.Count > 0)
        {
            changes[^1] = (changes[^1].Rune, changes[^1].Change - gone);
        }
    }

    /// <summary>Reads the replacement at an offset; the tables in use point to the beginnings of texts.</summary>
    private string? Text(uint unit)
    {
        var offset = (int)(unit & 0x7FFF_FFFF);
        if (offset >= texts.Length)
        {
            return null;
        }

        if (!byOffset.TryGetValue(offset, out var text))
        {
            var rest = texts.AsSpan(offset);
            var length = rest.IndexOf((byte)0);
            text = Encoding.UTF8.GetString(length < 0 ? rest : rest[..length]);
        }

        return text;
    }

    private string? Find(ReadOnlySpan<byte> key)
    {
        var node = 0L;
        node ^= Offset(trie[0]);
        foreach (var value in key)
        {
            if (value == 0)
            {
                return null;
            }

            node ^= value;
            if (node >= trie.Length || (trie[node] & 0x8000_00FF) != value)
            {
                return null;
            }

            var unit = trie[node];
            node ^= Offset(unit);
            if ((unit >> 8 & 1) != 0)
            {
                return node < trie.Length ? Text(trie[node]) : null;
            }
        }

        return null;
    }

    private static long Offset(uint unit) => (long)(unit >> 10) << (int)((unit & (1 << 9)) >> 6);
}
