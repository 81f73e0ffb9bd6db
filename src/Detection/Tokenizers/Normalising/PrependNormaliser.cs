using EdgeFilter.Detection.Tokenizers.Text;

namespace EdgeFilter.Detection.Tokenizers.Normalising;

/// <summary><c>Prepend</c>: a text before every piece. It stands for the piece's first character.</summary>
internal sealed class PrependNormaliser(string prefix) : ITextNormaliser
{
    public void Rewrite(AlignedText source, TextPiece piece, AlignedText target)
    {
        foreach (var unit in prefix)
        {
            target.Append(unit, source.From(piece.Start), source.To(piece.Start));
        }

        target.Append(source, piece.Start, piece.End);
    }
}
