namespace EdgeFilter.Testing;

/// <summary>A stream was judged differently from its whole text. Carries synthetic test text only.</summary>
public sealed class StreamingLawException : Exception
{
    public StreamingLawException(string message)
        : base(message)
    {
    }

    public StreamingLawException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public StreamingLawException()
    {
    }
}
