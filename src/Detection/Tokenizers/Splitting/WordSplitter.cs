using EdgeFilter.Detection.Tokenizers.Text;
using EdgeFilter.Detection.Tokenizers.Unicode;

namespace EdgeFilter.Detection.Tokenizers.Splitting;

/// <summary><c>Whitespace</c>: runs of word characters, and runs of what is neither that nor space.</summary>
internal sealed class WordSplitter : ISplitter
{
    public void Split(TextPieces pieces) => pieces.Cut(0, static (_, all, piece) => Cut(all, piece));

    private static void Cut(TextPieces pieces, TextPiece piece)
    {
        var text = pieces.Text.Units;
        var start = piece.Start;
        var previous = Kind.Space;
        for (var at = piece.Start; at < piece.End;)
        {
            var code = CodePoints.At(text, at, out var length);
            var kind = CharacterClass.IsWord(code) ? Kind.Word : CharacterClass.IsSpace(code) ? Kind.Space : Kind.Other;
            if (kind != previous)
            {
                Keep(previous, start, at);
                (start, previous) = (at, kind);
            }

            at += length;
        }

        Keep(previous, start, piece.End);

        void Keep(Kind kind, int from, int to)
        {
            if (kind != Kind.Space)
            {
                pieces.Keep(from, to);
            }
        }
    }

    private enum Kind
    {
        Space,
        Word,
        Other,
    }
}
