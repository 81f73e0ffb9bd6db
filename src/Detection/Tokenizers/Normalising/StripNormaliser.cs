using EdgeFilter.Detection.Tokenizers.Text;

namespace EdgeFilter.Detection.Tokenizers.Normalising;

/// <summary><c>Strip</c>: without spaces at the edges.</summary>
internal sealed class StripNormaliser(bool left, bool right) : ITextNormaliser
{
    public void Rewrite(AlignedText source, TextPiece piece, AlignedText target)
    {
        var (start, end) = (piece.Start, piece.End);
        while (left && start < end && char.IsWhiteSpace(source.Units[start]))
        {
            start++;
        }

        while (right && end > start && char.IsWhiteSpace(source.Units[end - 1]))
        {
            end--;
        }

        target.Append(source, start, end);
    }
}
