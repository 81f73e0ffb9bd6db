namespace EdgeFilter.Detection.Tokenizers.Vocabularies;

/// <summary>Turns a piece of text into ids. Immutable once built, safe for concurrent use.</summary>
internal interface IVocabulary
{
    /// <summary>Ids are below this.</summary>
    int Size { get; }

    /// <summary>The id of a token, or -1.</summary>
    int Find(ReadOnlySpan<char> token);

    /// <summary>Adds the tokens of a piece, in order.</summary>
    /// <exception cref="TokenizerException">The vocabulary has nothing for a character, and no token for unknown ones.</exception>
    void Tokenise(ReadOnlySpan<char> piece, TokenSink tokens);
}
