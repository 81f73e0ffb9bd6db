namespace EdgeFilter.Proxy.Streaming;

/// <summary>How a protocol puts events on the wire.</summary>
internal enum StreamFraming
{
    /// <summary>Server-sent events; our own lines end with LF.</summary>
    Sse,

    /// <summary>Server-sent events as Google writes them: our own lines end with CRLF.</summary>
    SseCrLf,

    /// <summary>One JSON value a line.</summary>
    Ndjson,

    /// <summary>One JSON array, an event an element.</summary>
    JsonArray,

    /// <summary>Amazon's binary event stream.</summary>
    EventStream,

    /// <summary>The same, each event a vendor's own as base64.</summary>
    BedrockChunks,

    /// <summary>The same, where the vendor's events are named by their only member.</summary>
    BedrockNamedChunks,

    /// <summary>Whole messages, as WebSockets deliver them.</summary>
    Messages,
}
