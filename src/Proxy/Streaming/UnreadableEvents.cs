namespace EdgeFilter.Proxy.Streaming;

/// <summary>What becomes of an event that can't be read strictly.</summary>
internal enum UnreadableEvents
{
    /// <summary>The stream ends with the protocol's error event.</summary>
    EndStream,

    /// <summary>Its payload is inspected as one text.</summary>
    InspectAsText,
}
