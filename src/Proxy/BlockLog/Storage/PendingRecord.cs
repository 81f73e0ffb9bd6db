namespace EdgeFilter.Proxy.BlockLog;

/// <summary>A record on its way to the store, with whoever waits for it.</summary>
internal sealed class PendingRecord(BlockRecord record, byte[] body)

    // Continuations run on the pool: the writer must never execute a caller's code.
    : TaskCompletionSource<AppendOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public BlockRecord Record { get; } = record;

    /// <summary>The canonical bytes, as <see cref="RecordJson"/> makes them.</summary>
    public byte[] Body { get; } = body;

    public void Complete(AppendOutcome outcome) => TrySetResult(outcome);
}
