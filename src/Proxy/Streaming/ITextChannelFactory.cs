namespace EdgeFilter.Proxy.Streaming;

/// <summary>Makes the filter of each text channel of one stream.</summary>
internal interface ITextChannelFactory
{
    ITextChannel Open(StreamChannel channel);
}
