using EdgeFilter.Proxy.Streaming;

namespace EdgeFilter.Proxy.Tests.Streaming.Fakes;

/// <summary>Channels that let everything pass.</summary>
internal sealed class PassingChannels : ITextChannelFactory
{
    public ITextChannel Open(StreamChannel channel) => new Channel();

    private sealed class Channel : ITextChannel
    {
        public ChannelResult Push(ReadOnlySpan<char> delta) => ChannelResult.Unchanged(delta);

        public ChannelResult Complete() => ChannelResult.Unchanged([]);

        public void Dispose()
        {
            // Holds nothing.
        }
    }
}
