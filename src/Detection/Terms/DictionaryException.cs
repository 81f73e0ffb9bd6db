namespace EdgeFilter.Detection.Terms;

/// <summary>A list of terms can't be used. The message names the line and what is wrong with it, never the term.</summary>
public sealed class DictionaryException : Exception
{
    public DictionaryException(string message)
        : base(message)
    {
    }

    public DictionaryException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public DictionaryException()
        : base("The list of terms can't be used.")
    {
    }
}
