namespace EdgeFilter.Detection.Tokenizers.Text;

/// <summary>Cuts one piece: keeps parts of it, in order.</summary>
internal delegate void PieceCutter<in T>(T state, TextPieces pieces, TextPiece piece);
