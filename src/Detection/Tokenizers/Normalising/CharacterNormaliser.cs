using System.Text;
using EdgeFilter.Detection.Tokenizers.Text;
using EdgeFilter.Detection.Tokenizers.Unicode;

namespace EdgeFilter.Detection.Tokenizers.Normalising;

/// <summary>A step that looks at one character at a time: it drops it, keeps it or puts others in its place.</summary>
internal sealed class CharacterNormaliser(CharacterRewriter rewriter) : ITextNormaliser
{
    private const int LeftOut = -1;

    /// <summary>Lower case, without a locale.</summary>
    public static CharacterNormaliser Lowercase { get; } = new(WriteLower);

    /// <summary>Without marks of any kind. Letters with accents must have been decomposed before.</summary>
    public static CharacterNormaliser StripAccents { get; } = Of(code => CharacterClass.IsMark(code) ? LeftOut : code);

    /// <summary>Without non-spacing marks, as BERT's normaliser drops them.</summary>
    public static CharacterNormaliser StripMarks { get; } =
        Of(code => CharacterClass.IsNonSpacingMark(code) ? LeftOut : code);

    /// <summary>The clean-up of BERT: no control characters, every space a plain one.</summary>
    public static CharacterNormaliser CleanText { get; } = Of(Clean);

    /// <summary>Spaces around every ideograph.</summary>
    public static CharacterNormaliser SpaceIdeographs { get; } = new(WriteSpaced);

    /// <summary>The clean-up of Marian and Moses: no control characters, marks of place and joiners as spaces.</summary>
    public static CharacterNormaliser Nmt { get; } = Of(code => code switch
    {
        (>= 0x01 and <= 0x08) or 0x0B or (>= 0x0E and <= 0x1F) or 0x7F or 0x8F or 0x9F => LeftOut,
        0x09 or 0x0A or 0x0C or 0x0D or 0x1680 or (>= 0x200B and <= 0x200F) or 0x2028 or 0x2029 or 0x2581 or 0xFEFF or 0xFFFD => ' ',
        _ => code,
    });

    public void Rewrite(AlignedText source, TextPiece piece, AlignedText target)
    {
        var units = source.Units;
        for (var at = piece.Start; at < piece.End;)
        {
            var code = CodePoints.At(units, at, out var length);
            rewriter(code, source.From(at), source.To(at), target);
            at += length;
        }
    }

    private static CharacterNormaliser Of(Func<int, int> map) => new((code, from, to, target) =>
    {
        if (map(code) is >= 0 and var mapped)
        {
            target.Append(new Rune(mapped), from, to);
        }
    });

    private static int Clean(int code)
    {
        if (code is >= ' ' and < 0x7F)
        {
            return code;
        }

        if (code is '\t' or '\n' or '\r')
        {
            return ' ';
        }

        return code is 0 or 0xFFFD || CharacterClass.IsControl(code) ? LeftOut : CharacterClass.IsSpace(code) ? ' ' : code;
    }

    private static void WriteLower(int code, int from, int to, AlignedText target)
    {
        if (code == CharacterClass.DottedCapitalI)
        {
            target.Append('i', from, to);
            target.Append('\u0307', from, to);
            return;
        }

        target.Append(CharacterClass.Lower(new Rune(code)), from, to);
    }

    private static void WriteSpaced(int code, int from, int to, AlignedText target)
    {
        var isIdeograph = CharacterClass.IsIdeograph(code);
        if (isIdeograph)
        {
            target.Append(' ', from, to);
        }

        target.Append(new Rune(code), from, to);
        if (isIdeograph)
        {
            target.Append(' ', from, to);
        }
    }
}
