namespace EdgeFilter.Proxy.Streaming;

/// <summary>Where a rewritten stream stands.</summary>
internal enum StreamStatus
{
    /// <summary>More may come.</summary>
    Open,

    /// <summary>The protocol's last event was sent; whatever follows is dropped.</summary>
    Ended,

    /// <summary>A rule blocks: <see cref="StreamRewriter.WriteBlock"/> is to be called once the record of it is durable.</summary>
    Blocked,

    /// <summary>It can't be read on: the protocol's error event was sent.</summary>
    Failed,
}
