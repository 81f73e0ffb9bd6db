namespace EdgeFilter.Proxy.Streaming;

/// <summary>How a stream ended for the client.</summary>
internal enum StreamEnd
{
    /// <summary>With the upstream's own last event.</summary>
    Completed,

    /// <summary>With the protocol's form of a block.</summary>
    Blocked,

    /// <summary>With the protocol's error event.</summary>
    Failed,

    /// <summary>The client went away first.</summary>
    ClientGone,
}
