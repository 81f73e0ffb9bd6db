namespace EdgeFilter.Proxy.Streaming;

/// <summary>How the pieces of a channel are read.</summary>
internal enum ChannelUse
{
    /// <summary>Text: released as soon as it is safe.</summary>
    Text,

    /// <summary>Arguments of a tool call as fragments of a JSON document: assembled, then judged string by string.</summary>
    JsonArguments,

    /// <summary>Input of a tool call as plain text: assembled, then judged.</summary>
    TextArguments,
}
