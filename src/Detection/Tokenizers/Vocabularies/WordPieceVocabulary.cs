using EdgeFilter.Detection.Tokenizers.Unicode;

namespace EdgeFilter.Detection.Tokenizers.Vocabularies;

/// <summary><c>WordPiece</c>: the longest token first; a word with a part that no token covers is unknown as a whole.</summary>
internal sealed class WordPieceVocabulary : IVocabulary
{
    private readonly TokenTable table;
    private readonly PieceTrie beginnings;
    private readonly PieceTrie continuations;
    private readonly string unknown;
    private readonly int unknownId;
    private readonly int longestWord;

    /// <exception cref="TokenizerException">The token for unknown words is not in the vocabulary.</exception>
    public WordPieceVocabulary(TokenTable table, string unknown, string continuationPrefix, int longestWord)
    {
        this.table = table;
        this.unknown = unknown;
        this.longestWord = longestWord;
        unknownId = table.Find(unknown);
        if (unknownId < 0)
        {
            throw new TokenizerException("The vocabulary lacks its unk_token. Add it, or name one that it has.");
        }

        var prefix = continuationPrefix.Length;
        beginnings = new PieceTrie(table.All.Where(t => t.Key.Length > 0));
        continuations = new PieceTrie(table.All
            .Where(t => t.Key.Length > prefix && t.Key.StartsWith(continuationPrefix, StringComparison.Ordinal))
            .Select(t => KeyValuePair.Create(t.Key[prefix..], t.Value)));
    }

    public int Size => table.Size;

    public int Find(ReadOnlySpan<char> token) => table.Find(token);

    public void Tokenise(ReadOnlySpan<char> piece, TokenSink tokens)
    {
        var ids = tokens.Scratch.Ids;
        var spans = tokens.Scratch.Spans;
        ids.Clear();
        spans.Clear();
        var isKnown = piece.Length <= longestWord || CodePoints.Count(piece) <= longestWord;
        for (var at = 0; isKnown && at < piece.Length;)
        {
            var id = (at == 0 ? beginnings : continuations).Longest(piece[at..], out var length);
            ids.Add(id);
            spans.Add(new TextSpan(at, length));
            at += length;
            isKnown = id >= 0;
        }

        if (!isKnown)
        {
            tokens.Add(unknownId, 0, piece.Length, unknown);
            return;
        }

        for (var i = 0; i < ids.Count; i++)
        {
            tokens.Add(ids[i], spans[i].Start, spans[i].End, table.Name(ids[i]));
        }
    }
}
