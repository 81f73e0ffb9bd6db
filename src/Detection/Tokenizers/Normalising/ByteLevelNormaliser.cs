using System.Text;
using EdgeFilter.Detection.Tokenizers.Text;
using EdgeFilter.Detection.Tokenizers.Unicode;

namespace EdgeFilter.Detection.Tokenizers.Normalising;

/// <summary>Every byte of the UTF-8 form as a visible character, the alphabet of byte-level vocabularies.</summary>
internal sealed class ByteLevelNormaliser : ITextNormaliser
{
    private static readonly char[] Alphabet = MakeAlphabet();

    public static ByteLevelNormaliser Instance { get; } = new();

    /// <summary>What a space is written as.</summary>
    public static char Space => Alphabet[' '];

    public void Rewrite(AlignedText source, TextPiece piece, AlignedText target)
    {
        var units = source.Units;
        Span<byte> bytes = stackalloc byte[4];
        for (var at = piece.Start; at < piece.End;)
        {
            var code = CodePoints.At(units, at, out var length);
            var count = new Rune(code).EncodeToUtf8(bytes);
            foreach (var value in bytes[..count])
            {
                target.Append(Alphabet[value], source.From(at), source.To(at));
            }

            at += length;
        }
    }

    /// <summary>Visible bytes stand for themselves, the others for the characters from U+0100 on, in order.</summary>
    private static char[] MakeAlphabet()
    {
        var alphabet = new char[256];
        var next = '\u0100';
        for (var value = 0; value < alphabet.Length; value++)
        {
            alphabet[value] = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE ? (char)value : next++;
        }

        return alphabet;
    }
}
