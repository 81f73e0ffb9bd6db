using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>Lets whoever watches (the demo's terminal, the console's live tail) see decisions as they happen.</summary>
internal sealed class DecisionFeed
{
    /// <summary>Raised on the request's own thread: handlers must be quick and must not throw.</summary>
    public event Action<BlockRecord>? Decided;

    public void Publish(BlockRecord record) => Decided?.Invoke(record);
}
