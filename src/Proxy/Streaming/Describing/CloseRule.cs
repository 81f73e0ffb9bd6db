namespace EdgeFilter.Proxy.Streaming;

/// <summary>One line of a stream description: what says that texts have ended.</summary>
internal sealed record CloseRule
{
    /// <summary>Types of event that close.</summary>
    public IReadOnlyList<string>? EventTypes { get; init; }

    /// <summary>A member that closes when it is a string or true: <c>choices[].finish_reason</c>, <c>done</c>.</summary>
    public string? Path { get; init; }

    /// <summary>The lane that is closed; null for every text of the stream.</summary>
    public string? Lane { get; init; }

    /// <summary>The part that is closed, where only one of the lane is.</summary>
    public string? Part { get; init; }

    /// <summary>The channel that is closed, where only one of the lane is.</summary>
    public string? Channel { get; init; }
}
