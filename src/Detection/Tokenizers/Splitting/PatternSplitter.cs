using EdgeFilter.Detection.Tokenizers.Patterns;
using EdgeFilter.Detection.Tokenizers.Text;

namespace EdgeFilter.Detection.Tokenizers.Splitting;

/// <summary><c>Split</c>: cuts where a pattern matches or, inverted, where it doesn't.</summary>
internal sealed class PatternSplitter(SplitPattern pattern, SplitBehaviour behaviour, bool isInverted) : ISplitter
{
    public void Split(TextPieces pieces) => pieces.Cut(this, static (own, all, piece) => own.Cut(all, piece));

    private void Cut(TextPieces pieces, TextPiece piece)
    {
        var cuts = Cuts.Fresh();
        cuts.Matches.Clear();
        pattern.FindAll(pieces.Text.Units[piece.Start..piece.End], cuts.Matches);
        foreach (var match in cuts.Matches)
        {
            cuts.Add(match.Start, match.End);
        }

        cuts.Apply(behaviour, isInverted, pieces, piece);
    }
}
