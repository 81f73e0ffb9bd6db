namespace EdgeFilter.Proxy.Streaming;

/// <summary>What a frame of a stream is to its reader.</summary>
internal enum FrameKind
{
    /// <summary>Carries a payload that a reader is handed.</summary>
    Event,

    /// <summary>Keeps the connection alive and may carry text that readers skip: a comment, an id without data.</summary>
    Comment,

    /// <summary>Separators alone: blank lines, the brackets and commas of an array.</summary>
    Blank,
}
