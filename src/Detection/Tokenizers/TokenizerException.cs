namespace EdgeFilter.Detection.Tokenizers;

/// <summary>
/// A tokenizer file can't be used, or a text can't be tokenised with it. The message says where and what to do, and never
/// repeats a text.
/// </summary>
public sealed class TokenizerException : Exception
{
    public TokenizerException(string message)
        : base(message)
    {
    }

    public TokenizerException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public TokenizerException()
        : base("The tokenizer can't be used.")
    {
    }
}
