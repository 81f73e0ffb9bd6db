using EdgeFilter.Detection.Tokenizers.Text;
using EdgeFilter.Detection.Tokenizers.Unicode;

namespace EdgeFilter.Detection.Tokenizers.Normalising;

/// <summary><c>NFC</c>, <c>NFD</c>, <c>NFKC</c> and <c>NFKD</c>.</summary>
internal sealed class FormNormaliser(UnicodeForm form) : ITextNormaliser
{
    public void Rewrite(AlignedText source, TextPiece piece, AlignedText target)
    {
        if (System.Text.Ascii.IsValid(source.Units[piece.Start..piece.End]))
        {
            target.Append(source, piece.Start, piece.End);
            return;
        }

        FormWriter.Write(form, source, piece, target);
    }
}
