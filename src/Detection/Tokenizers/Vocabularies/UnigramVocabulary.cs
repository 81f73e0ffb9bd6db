using EdgeFilter.Detection.Tokenizers.Unicode;

namespace EdgeFilter.Detection.Tokenizers.Vocabularies;

/// <summary><c>Unigram</c>: of all ways to cut a piece, the one whose tokens' scores add up to the most.</summary>
internal sealed class UnigramVocabulary : IVocabulary
{
    /// <summary>How much less likely than the least likely token an unknown character is.</summary>
    private const double UnknownPenalty = 10;

    private readonly TokenTable table;
    private readonly PieceTrie trie;
    private readonly double[] scores;
    private readonly double unknownScore;
    private readonly int? unknownId;
    private readonly ByteTokens? bytes;

    /// <param name="table">The tokens; of two that are written alike the later counts.</param>
    /// <param name="scores">By id.</param>
    /// <param name="unknownId">The token for unknown characters, if there is one.</param>
    /// <param name="fallsBackToBytes">True when unknown characters are written as the tokens of their bytes, where all are there.</param>
    public UnigramVocabulary(TokenTable table, double[] scores, int? unknownId, bool fallsBackToBytes)
    {
        this.table = table;
        this.scores = scores;
        this.unknownId = unknownId;
        trie = new PieceTrie(table.All.Where(t => t.Key.Length > 0));
        unknownScore = scores.Min() - UnknownPenalty;
        bytes = fallsBackToBytes ? new ByteTokens(table) : null;
    }

    public int Size => table.Size;

    public int Find(ReadOnlySpan<char> token) => table.Find(token);

    public void Tokenise(ReadOnlySpan<char> piece, TokenSink tokens)
    {
        var paths = tokens.Scratch.FreshPaths(piece.Length + 1);
        for (var at = 0; at < piece.Length;)
        {
            at += Extend(piece, at, paths);
        }

        // Back from the end; unknown characters in a row are one.
        var spans = tokens.Scratch.Spans;
        spans.Clear();
        var wasUnknown = false;
        for (var end = piece.Length; end > 0; end = paths[end].Start)
        {
            var isUnknown = paths[end].Id == unknownId;
            if (isUnknown && wasUnknown)
            {
                spans[^1] = TextSpan.FromBounds(paths[end].Start, spans[^1].End);
            }
            else
            {
                spans.Add(TextSpan.FromBounds(paths[end].Start, end));
            }

            wasUnknown = isUnknown;
        }

        for (var i = spans.Count - 1; i >= 0; i--)
        {
            Add(piece, spans[i], tokens);
        }
    }

    /// <summary>Tries all tokens that begin at a place; gives the length of the character there.</summary>
    private int Extend(ReadOnlySpan<char> piece, int at, Span<PathNode> paths)
    {
        var character = CodePoints.LengthAt(piece, at);
        var soFar = paths[at].Score;
        var isKnown = false;
        var node = PieceTrie.Root;
        for (var end = at; end < piece.Length;)
        {
            node = trie.Step(node, piece[end++]);
            if (node < 0)
            {
                break;
            }

            if (trie.Id(node) is >= 0 and var id)
            {
                Improve(ref paths[end], scores[id] + soFar, at, id);
                isKnown |= end - at == character;
            }
        }

        if (!isKnown)
        {
            Improve(
                ref paths[at + character],
                unknownScore + soFar,
                at,
                unknownId ?? throw new TokenizerException("A character is not in the vocabulary, and it names no unk_id. Add one to tokenizer.json."));
        }

        return character;
    }

    private static void Improve(ref PathNode node, double score, int start, int id)
    {
        if (node.Start < 0 || score > node.Score)
        {
            node = new PathNode(score, start, id);
        }
    }

    private void Add(ReadOnlySpan<char> piece, TextSpan span, TokenSink tokens)
    {
        var token = piece.Slice(span.Start, span.Length);
        var id = table.Find(token);
        if (id < 0 && bytes is not null && bytes.TryWrite(token, span.Start, span.End, tokens))
        {
            return;
        }

        tokens.Add(id >= 0 ? id : unknownId!.Value, span.Start, span.End, token);
    }
}
