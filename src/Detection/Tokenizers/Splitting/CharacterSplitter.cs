using EdgeFilter.Detection.Tokenizers.Text;
using EdgeFilter.Detection.Tokenizers.Unicode;

namespace EdgeFilter.Detection.Tokenizers.Splitting;

/// <summary>Cuts at characters of a kind.</summary>
internal sealed class CharacterSplitter(Predicate<int> isCut, SplitBehaviour behaviour) : ISplitter
{
    public void Split(TextPieces pieces) => pieces.Cut(this, static (own, all, piece) => own.Cut(all, piece));

    private void Cut(TextPieces pieces, TextPiece piece)
    {
        var text = pieces.Text.Units[piece.Start..piece.End];
        var cuts = Cuts.Fresh();
        for (var at = 0; at < text.Length;)
        {
            var code = CodePoints.At(text, at, out var length);
            if (isCut(code))
            {
                cuts.Add(at, at + length);
            }

            at += length;
        }

        cuts.Apply(behaviour, isInverted: false, pieces, piece);
    }
}
