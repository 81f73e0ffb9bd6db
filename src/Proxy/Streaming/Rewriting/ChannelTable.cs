namespace EdgeFilter.Proxy.Streaming;

/// <summary>The texts that a stream is writing at the moment.</summary>
internal sealed class ChannelTable : IDisposable
{
    private readonly Dictionary<ChannelKey, OpenChannel> open = [];
    private readonly ITextChannelFactory factory;
    private readonly int limit;

    public ChannelTable(ITextChannelFactory factory, int limit)
    {
        this.factory = factory;
        this.limit = limit;
    }

    public int Count => open.Count;

    /// <summary>The text that a piece continues; null when too many are open.</summary>
    public OpenChannel? Get(ChannelKey key, CompiledChannel line)
    {
        if (open.TryGetValue(key, out var channel))
        {
            return channel;
        }

        if (open.Count >= limit)
        {
            return null;
        }

        var what = new StreamChannel(line.Rule.Role, line.Rule.Channel, key.Lane, key.Part) { IsSigned = line.Rule.IsSigned };
        return open[key] = new OpenChannel(what, factory.Open(what), line.Rule.IsShadow);
    }

    /// <summary>Takes the texts that something ends out of the table; whoever calls disposes of them.</summary>
    public void TakeClosed(CompiledClose close, int lane, int part, List<OpenChannel> closed)
    {
        if (open.Count == 0)
        {
            return;
        }

        foreach (var (key, channel) in open)
        {
            if ((close.Lane.IsNone || key.Lane == lane) && (close.Part.IsNone || key.Part == part)
                && (close.Channel < 0 || key.Channel == close.Channel))
            {
                open.Remove(key);
                closed.Add(channel);
            }
        }
    }

    public void TakeAll(List<OpenChannel> closed)
    {
        closed.AddRange(open.Values);
        open.Clear();
    }

    public void Dispose()
    {
        foreach (var channel in open.Values)
        {
            channel.Dispose();
        }

        open.Clear();
    }
}
