using EdgeFilter.Detection.Tokenizers.Text;
using EdgeFilter.Detection.Tokenizers.Unicode;
using EdgeFilter.Detection.Tokenizers.Vocabularies;

namespace EdgeFilter.Detection.Tokenizers;

/// <summary>Cuts added tokens out of a text: the leftmost, and there the longest. Immutable, safe for concurrent use.</summary>
internal sealed class AddedTokens
{
    private readonly PieceTrie trie;
    private readonly AddedToken[] tokens;

    /// <param name="tokens">The tokens, by what is looked for; of two that look alike the later counts.</param>
    public AddedTokens(IEnumerable<(string Form, AddedToken Token)> tokens)
    {
        var byForm = new Dictionary<string, int>(StringComparer.Ordinal);
        var all = new List<AddedToken>();
        foreach (var (form, token) in tokens)
        {
            if (form.Length > 0)
            {
                byForm[form] = all.Count;
                all.Add(token);
            }
        }

        this.tokens = [.. all];
        trie = new PieceTrie(byForm);
    }

    public void Cut(TextPieces pieces)
    {
        if (tokens.Length > 0)
        {
            pieces.Cut(this, static (own, all, piece) => own.Cut(all, piece));
        }
    }

    private void Cut(TextPieces pieces, TextPiece piece)
    {
        var text = pieces.Text.Units[piece.Start..piece.End];
        var kept = 0;
        for (var at = 0; at < text.Length;)
        {
            var index = trie.Longest(text[at..], out var length);
            if (index < 0)
            {
                at++;
                continue;
            }

            var token = tokens[index];
            var (start, end) = (at, at + length);
            at = end;
            if (token.IsWord && (IsWordBefore(text, start) || IsWordAt(text, end)))
            {
                continue;
            }

            while (token.StripsLeft && start > kept && char.IsWhiteSpace(text[start - 1]))
            {
                start--;
            }

            while (token.StripsRight && end < text.Length && char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            start = Math.Max(start, kept);
            pieces.Keep(piece.Start + kept, piece.Start + start);
            pieces.Keep(piece.Start + start, piece.Start + end, token.Id);
            kept = Math.Max(kept, end);
        }

        pieces.Keep(piece.Start + kept, piece.End);
    }

    private static bool IsWordAt(ReadOnlySpan<char> text, int at) => at < text.Length && CharacterClass.IsWord(CodePoints.At(text, at, out _));

    private static bool IsWordBefore(ReadOnlySpan<char> text, int at) =>
        at > 0 && CharacterClass.IsWord(CodePoints.At(text, at - CodePoints.LengthBefore(text, at), out _));
}
