namespace EdgeFilter.Proxy.WireProtocols.Answers;

/// <summary>What a client is told about a block.</summary>
/// <param name="Message">One sentence for the person at the other end: the rule's own, or a general one. Never a match.</param>
/// <param name="RequestId">The proxy's id of the exchange, under which the block log knows it.</param>
/// <param name="Path">Where in the request the reason lies; null to keep that back.</param>
internal sealed record BlockNotice(string Message, string RequestId, string? Path = null)
{
    /// <summary>True when the client asked for server-sent events: a native answer that isn't an error comes as one event.</summary>
    public bool AsEvents { get; init; }
}
