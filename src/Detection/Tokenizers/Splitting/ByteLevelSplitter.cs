using EdgeFilter.Detection.Tokenizers.Normalising;
using EdgeFilter.Detection.Tokenizers.Patterns;
using EdgeFilter.Detection.Tokenizers.Text;

namespace EdgeFilter.Detection.Tokenizers.Splitting;

/// <summary><c>ByteLevel</c>: words with the space before them, then every byte as a visible character.</summary>
internal sealed class ByteLevelSplitter(bool addsSpace, bool cutsWords) : ISplitter
{
    /// <summary>The pattern of GPT-2, which this step always means.</summary>
    private static readonly SplitPattern Words = SplitPattern.Parse(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+");

    private static readonly PatternSplitter Cutter = new(Words, SplitBehaviour.Isolated, isInverted: false);
    private static readonly PrependNormaliser Prefix = new(" ");

    public void Split(TextPieces pieces)
    {
        if (addsSpace)
        {
            pieces.Rewrite(0, static (_, source, piece, target) =>
            {
                if (source.Units[piece.Start] == ' ')
                {
                    target.Append(source, piece.Start, piece.End);
                }
                else
                {
                    Prefix.Rewrite(source, piece, target);
                }
            });
        }

        if (cutsWords)
        {
            Cutter.Split(pieces);
        }

        pieces.Rewrite(0, static (_, source, piece, target) => ByteLevelNormaliser.Instance.Rewrite(source, piece, target));
    }
}
