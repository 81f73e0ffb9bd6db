namespace EdgeFilter.Proxy.Streaming;

/// <summary>What makes two pieces of text one text.</summary>
internal readonly record struct ChannelKey(int Channel, int Lane, int Part);
