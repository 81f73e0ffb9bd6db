namespace EdgeFilter.Detection.Tokenizers.Vocabularies;

/// <summary><c>WordLevel</c>: a piece is a token or unknown.</summary>
internal sealed class WordVocabulary(TokenTable table, string unknown) : IVocabulary
{
    public int Size => table.Size;

    public int Find(ReadOnlySpan<char> token) => table.Find(token);

    public void Tokenise(ReadOnlySpan<char> piece, TokenSink tokens)
    {
        var id = table.Find(piece);
        if (id >= 0)
        {
            tokens.Add(id, 0, piece.Length, piece);
            return;
        }

        id = table.Find(unknown);
        tokens.Add(id >= 0 ? id : throw new TokenizerException("A word is not in the vocabulary, and neither is its unk_token. Add it, or name one that it has."), 0, piece.Length, unknown);
    }
}
