namespace EdgeFilter.Proxy.Simulation;

/// <summary>What a provider can do wrong in the middle of a stream.</summary>
internal enum StreamFault
{
    None,

    /// <summary>The connection is cut.</summary>
    Drop,

    /// <summary>The body ends as if complete, without the closing events.</summary>
    End,

    /// <summary>The provider's own error event.</summary>
    Error,

    /// <summary>An event that is not JSON.</summary>
    Garbage,

    /// <summary>A well-formed event of a type that no client knows, carrying text.</summary>
    Unknown,

    /// <summary>One event of four mebibytes.</summary>
    Huge,

    /// <summary>Nothing more is sent, and the connection stays open until the client leaves.</summary>
    Stall,
}
