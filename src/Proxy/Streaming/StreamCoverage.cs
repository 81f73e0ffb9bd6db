namespace EdgeFilter.Proxy.Streaming;

/// <summary>What of a stream was not inspected as its protocol's description says, for the record.</summary>
[Flags]
internal enum StreamCoverage
{
    /// <summary>Everything was a known place and was inspected.</summary>
    Full = 0,

    /// <summary>An event of a type that is not described: its strings were inspected as untrusted metadata.</summary>
    UnknownEvents = 1,

    /// <summary>A member that is not described: likewise.</summary>
    UnknownFields = 2,

    /// <summary>An image, sound or file passed unread.</summary>
    Media = 4,

    /// <summary>Text as token ids passed unread.</summary>
    TokenIds = 8,

    /// <summary>A payload that is no JSON was inspected as one text.</summary>
    UnreadableEvents = 16,

    /// <summary>What came behind the last event was dropped.</summary>
    DroppedTail = 32,
}
