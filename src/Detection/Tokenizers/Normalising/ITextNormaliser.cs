using EdgeFilter.Detection.Tokenizers.Text;

namespace EdgeFilter.Detection.Tokenizers.Normalising;

/// <summary>A step that rewrites a text before it is cut. Immutable, safe for concurrent use, linear.</summary>
internal interface ITextNormaliser
{
    /// <summary>Appends the rewritten piece to the target. The piece is never empty.</summary>
    void Rewrite(AlignedText source, TextPiece piece, AlignedText target);
}
