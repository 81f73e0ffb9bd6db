namespace EdgeFilter.Detection.Tokenizers.Text;

/// <summary>Rewrites one piece of a text onto the end of another text.</summary>
internal delegate void PieceRewriter<in T>(T state, AlignedText source, TextPiece piece, AlignedText target);
