using EdgeFilter.Detection.Tokenizers.Text;

namespace EdgeFilter.Detection.Tokenizers.Splitting;

/// <summary><c>Metaspace</c>: spaces as a visible character that begins a word.</summary>
internal sealed class MetaspaceSplitter(string mark, MetaspacePrefix prefix, bool cutsWords) : ISplitter
{
    public void Split(TextPieces pieces)
    {
        pieces.Rewrite(this, static (own, source, piece, target) => own.Rewrite(source, piece, target));
        if (cutsWords)
        {
            pieces.Cut(mark, static (sign, all, piece) =>
            {
                var text = all.Text.Units[piece.Start..piece.End];
                var cuts = Cuts.Fresh();
                for (var at = text.IndexOf(sign); at >= 0;)
                {
                    cuts.Add(at, at + sign.Length);
                    var next = text[(at + sign.Length)..].IndexOf(sign);
                    at = next < 0 ? -1 : at + sign.Length + next;
                }

                cuts.Apply(SplitBehaviour.MergedWithNext, isInverted: false, all, piece);
            });
        }
    }

    private void Rewrite(AlignedText source, TextPiece piece, AlignedText target)
    {
        var text = source.Units[piece.Start..piece.End];
        var isMarked = text.StartsWith(mark) || text[0] == ' ';
        if (!isMarked && (prefix == MetaspacePrefix.Always || (prefix == MetaspacePrefix.First && source.From(piece.Start) == 0)))
        {
            foreach (var unit in mark)
            {
                target.Append(unit, source.From(piece.Start), source.To(piece.Start));
            }
        }

        for (var at = piece.Start; at < piece.End; at++)
        {
            if (source.Units[at] != ' ')
            {
                target.Append(source, at, at + 1);
                continue;
            }

            foreach (var unit in mark)
            {
                target.Append(unit, source.From(at), source.To(at));
            }
        }
    }
}
