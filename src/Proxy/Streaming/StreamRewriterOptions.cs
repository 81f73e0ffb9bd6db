namespace EdgeFilter.Proxy.Streaming;

/// <summary>How one stream is rewritten.</summary>
internal sealed record StreamRewriterOptions
{
    /// <summary>
    /// True wherever a rule could block or edit the arguments of tool calls: nothing of a call is sent before its arguments are
    /// complete. False where rules only look: calls pass as they come and are judged when complete.
    /// </summary>
    public bool HoldToolCalls { get; init; } = true;

    public UnreadableEvents UnreadableEvents { get; init; }

    /// <summary>Bytes that one event may have.</summary>
    public int MaxEventLength { get; init; } = 8 << 20;

    /// <summary>Bytes of events that may wait for tool calls to be complete, and characters of their arguments.</summary>
    public int MaxHeldLength { get; init; } = 4 << 20;

    /// <summary>Texts that may be open at a time.</summary>
    public int MaxOpenChannels { get; init; } = 512;

    /// <summary>Makes of a link that the upstream gives the one that the client may have; null where it stays as it is.</summary>
    public Func<string, string?>? Link { get; init; }
}
