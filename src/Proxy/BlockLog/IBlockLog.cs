namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Where decisions are kept. Any number of threads may append.</summary>
internal interface IBlockLog : IAsyncDisposable
{
    /// <summary>What readiness reports; cheap to read.</summary>
    BlockLogHealth Health { get; }

    /// <summary>
    /// Appends a record and completes once it would survive the process and the machine being cut off.
    /// A store that can't take it answers with an outcome, never an exception: the caller then refuses the exchange
    /// when <see cref="AppendOutcome.IsKept"/> is false.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller stopped waiting; the record may still have been kept.</exception>
    ValueTask<AppendOutcome> AppendAsync(BlockRecord record, CancellationToken cancellationToken);
}
