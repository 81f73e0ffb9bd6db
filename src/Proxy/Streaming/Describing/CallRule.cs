namespace EdgeFilter.Proxy.Streaming;

/// <summary>One line of a stream description: a place whose presence says that a tool call is being written.</summary>
/// <param name="Path">An object of the event: <c>choices[].delta.tool_calls[]</c>.</param>
internal sealed record CallRule(string Path)
{
    /// <summary>The types of the object that are calls; null when it always is one.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>The tool's name; null where the stream does not say it.</summary>
    public string? Name { get; init; }

    /// <summary>True when a call is there with all its arguments: it is judged in its event and needs no waiting.</summary>
    public bool ArrivesWhole { get; init; }
}
