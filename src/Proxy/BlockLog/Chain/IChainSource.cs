namespace EdgeFilter.Proxy.BlockLog;

/// <summary>A stored chain to verify: a live log, or an export of one.</summary>
internal interface IChainSource : IDisposable
{
    Guid LogId { get; }

    /// <summary>In order of their sequence numbers.</summary>
    IReadOnlyList<Checkpoint> Checkpoints { get; }

    /// <summary>In stored order.</summary>
    IEnumerable<ChainEntry> Entries();
}
