using System.Globalization;
using System.Text;

namespace EdgeFilter.Detection.Tokenizers.Vocabularies;

/// <summary>The tokens <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c>, for characters that a vocabulary lacks.</summary>
internal sealed class ByteTokens
{
    private readonly string[] names = [.. Enumerable.Range(0, 256).Select(b => string.Create(CultureInfo.InvariantCulture, $"<0x{b:X2}>"))];
    private readonly int[] ids;

    public ByteTokens(TokenTable table)
    {
        ids = [.. names.Select(n => table.Find(n))];
    }

    /// <summary>The name of a byte's token.</summary>
    public string Name(byte value) => names[value];

    /// <summary>The id of a byte's token, or -1.</summary>
    public int Id(byte value) => ids[value];

    /// <summary>Adds the tokens of a text's bytes, all at the place of the text; false, and nothing, where one is missing.</summary>
    public bool TryWrite(ReadOnlySpan<char> text, int from, int to, TokenSink tokens)
    {
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
            {
                if (ids[value] < 0)
                {
                    return false;
                }
            }
        }

        foreach (var rune in text.EnumerateRunes())
        {
            foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
            {
                tokens.Add(ids[value], from, to, names[value]);
            }
        }

        return true;
    }
}
