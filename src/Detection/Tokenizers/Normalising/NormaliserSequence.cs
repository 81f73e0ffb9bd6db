using EdgeFilter.Detection.Tokenizers.Text;

namespace EdgeFilter.Detection.Tokenizers.Normalising;

/// <summary>Several normalisers, one after another.</summary>
internal sealed class NormaliserSequence(IReadOnlyList<ITextNormaliser> steps) : ITextNormaliser
{
    public void Rewrite(AlignedText source, TextPiece piece, AlignedText target)
    {
        var (from, to) = (new AlignedText(), new AlignedText());
        from.Append(source, piece.Start, piece.End);
        foreach (var step in steps)
        {
            if (from.Length == 0)
            {
                return;
            }

            to.Clear();
            step.Rewrite(from, new TextPiece(0, from.Length, TextPiece.Open), to);
            (from, to) = (to, from);
        }

        target.Append(from, 0, from.Length);
    }
}
