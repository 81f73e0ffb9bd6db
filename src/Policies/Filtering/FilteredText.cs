namespace EdgeFilter.Policies.Filtering;

/// <summary>What came of one piece of a stream. Valid until the next call.</summary>
public readonly ref struct FilteredText
{
    internal FilteredText(ReadOnlySpan<char> released, bool isUnchanged, bool isBlocked)
    {
        Released = released;
        IsUnchanged = isUnchanged;
        IsBlocked = isBlocked;
    }

    /// <summary>Text that may be shown now.</summary>
    public ReadOnlySpan<char> Released { get; }

    /// <summary>True when exactly the piece that came is released and nothing is held.</summary>
    public bool IsUnchanged { get; }

    /// <summary>True when a rule stops the text here: show what is released, and nothing after it.</summary>
    public bool IsBlocked { get; }
}
