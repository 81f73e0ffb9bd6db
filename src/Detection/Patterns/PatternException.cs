namespace EdgeFilter.Detection.Patterns;

/// <summary>A pattern that the linear-time engine does not take: what is wrong, where, and what to write instead.</summary>
public sealed class PatternException : Exception
{
    public PatternException(string message, int position)
        : base(message)
    {
        Position = position;
    }

    public PatternException()
    {
    }

    public PatternException(string message)
        : base(message)
    {
    }

    public PatternException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>0-based index into the pattern.</summary>
    public int Position { get; }
}
