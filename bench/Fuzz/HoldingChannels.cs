using EdgeFilter.Proxy.Streaming;

namespace EdgeFilter.Bench.Fuzz;

/// <summary>Channels that change one letter and always hold the last one back, so that every event is rewritten and every end writes something.</summary>
internal sealed class HoldingChannels : ITextChannelFactory
{
    public ITextChannel Open(StreamChannel channel) => new Channel();

    private sealed class Channel : ITextChannel
    {
        private string held = "";

        public ChannelResult Push(ReadOnlySpan<char> delta)
        {
            var text = (held + delta.ToString()).Replace('e', '3');
            if (text.Contains("block", StringComparison.Ordinal))
            {
                return ChannelResult.Block();
            }

            held = text.Length > 0 ? text[^1..] : "";
            return ChannelResult.Release(text.AsSpan(0, text.Length - held.Length));
        }

        public ChannelResult Complete()
        {
            var rest = held;
            held = "";
            return ChannelResult.Release(rest);
        }

        public void Dispose()
        {
        }
    }
}
