using EdgeFilter.Policies;
using EdgeFilter.Proxy.Streaming;

namespace EdgeFilter.Proxy.Tests.Streaming.Fakes;

/// <summary>
/// Channels that replace one word wherever it stands and block at another, with exact hold-back: a text is held from the first
/// character that may begin either. Counts what it opened and what was completed or disposed.
/// </summary>
internal sealed class WordChannels : ITextChannelFactory
{
    public const string Redacted = "secret";
    public const string Replacement = "[x]";
    public const string Blocked = "forbidden";

    public List<StreamChannel> Opened { get; } = [];

    public int Disposed { get; private set; }

    /// <summary>Holds everything until the text ends, as a rule of mode <c>whole</c> does.</summary>
    public bool HoldsAll { get; init; }

    /// <summary>What a reader of the whole filtered text sees.</summary>
    public static string Filter(string text) => text.Replace(Redacted, Replacement);

    public ITextChannel Open(StreamChannel channel)
    {
        Opened.Add(channel);
        return new Channel(this);
    }

    private sealed class Channel(WordChannels owner) : ITextChannel
    {
        private string held = "";
        private string released = "";
        private bool isDisposed;

        public ChannelResult Push(ReadOnlySpan<char> delta)
        {
            Assert.False(isDisposed);
            var before = held;
            var text = held + delta.ToString();
            if (text.Contains(Blocked))
            {
                return ChannelResult.Block();
            }

            if (owner.HoldsAll)
            {
                held = text;
                return ChannelResult.Release([]);
            }

            var filtered = Filter(text);
            var hold = Math.Max(OpenPrefix(filtered, Redacted), OpenPrefix(filtered, Blocked));
            held = filtered[^hold..];
            released = filtered[..^hold];
            return before.Length == 0 && hold == 0 && released.AsSpan().SequenceEqual(delta)
                ? ChannelResult.Unchanged(delta)
                : ChannelResult.Release(released);
        }

        public ChannelResult Complete()
        {
            Assert.False(isDisposed);
            released = Filter(held);
            held = "";
            return ChannelResult.Release(released);
        }

        public void Dispose()
        {
            Assert.False(isDisposed);
            isDisposed = true;
            owner.Disposed++;
        }

        private static int OpenPrefix(string text, string word)
        {
            for (var length = Math.Min(word.Length - 1, text.Length); length > 0; length--)
            {
                if (text.EndsWith(word[..length], StringComparison.Ordinal))
                {
                    return length;
                }
            }

            return 0;
        }
    }
}
