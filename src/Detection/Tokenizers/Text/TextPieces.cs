namespace EdgeFilter.Detection.Tokenizers.Text;

/// <summary>
/// A text in pieces. Steps either cut pieces further or rewrite them; both go through the pieces in order, and each costs time in
/// proportion to the text. Reused; not thread-safe.
/// </summary>
internal sealed class TextPieces
{
    private AlignedText text = new();
    private AlignedText spare = new();
    private List<TextPiece> pieces = [];
    private List<TextPiece> spares = [];

    public AlignedText Text => text;

    public IReadOnlyList<TextPiece> All => pieces;

    public void Read(ReadOnlySpan<char> original)
    {
        text.Read(original);
        pieces.Clear();
        if (text.Length > 0)
        {
            pieces.Add(new TextPiece(0, text.Length, TextPiece.Open));
        }
    }

    /// <summary>Cuts every open piece. The cutter calls <see cref="Keep"/> for each part that stays, in order.</summary>
    public void Cut<T>(T state, PieceCutter<T> cutter)
    {
        (pieces, spares) = (spares, pieces);
        pieces.Clear();
        foreach (var piece in spares)
        {
            if (piece.IsOpen)
            {
                cutter(state, this, piece);
            }
            else
            {
                pieces.Add(piece);
            }
        }
    }

    /// <summary>Keeps a part of the piece that is being cut; empty parts are left out.</summary>
    public void Keep(int start, int end, int token = TextPiece.Open)
    {
        if (end > start)
        {
            pieces.Add(new TextPiece(start, end, token));
        }
    }

    /// <summary>Rewrites every open piece; a piece that becomes empty is gone. The rewriter appends to the target it is given.</summary>
    public void Rewrite<T>(T state, PieceRewriter<T> rewriter)
    {
        (pieces, spares) = (spares, pieces);
        pieces.Clear();
        spare.Clear();
        foreach (var piece in spares)
        {
            var start = spare.Length;
            if (piece.IsOpen)
            {
                rewriter(state, text, piece, spare);
            }
            else
            {
                spare.Append(text, piece.Start, piece.End);
            }

            Keep(start, spare.Length, piece.Token);
        }

        (text, spare) = (spare, text);
    }
}
