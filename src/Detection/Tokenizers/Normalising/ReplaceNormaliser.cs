using EdgeFilter.Detection.Tokenizers.Patterns;
using EdgeFilter.Detection.Tokenizers.Text;
using EdgeFilter.Detection.Tokenizers.Unicode;

namespace EdgeFilter.Detection.Tokenizers.Normalising;

/// <summary><c>Replace</c>: a text in place of every match. It stands for the last character of the match.</summary>
internal sealed class ReplaceNormaliser(SplitPattern pattern, string content) : ITextNormaliser
{
    public void Rewrite(AlignedText source, TextPiece piece, AlignedText target)
    {
        var units = source.Units[piece.Start..piece.End];
        var matches = new List<TextSpan>();
        pattern.FindAll(units, matches);
        var copied = 0;
        foreach (var match in matches)
        {
            target.Append(source, piece.Start + copied, piece.Start + match.Start);
            copied = match.End;
            var last = piece.Start + (match.End == 0 ? 0 : match.End - CodePoints.LengthBefore(units, match.End));
            foreach (var unit in content)
            {
                target.Append(unit, source.From(last), match.End == 0 ? source.From(last) : source.To(last));
            }
        }

        target.Append(source, piece.Start + copied, piece.End);
    }
}
