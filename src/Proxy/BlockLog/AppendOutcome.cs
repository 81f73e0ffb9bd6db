namespace EdgeFilter.Proxy.BlockLog;

/// <summary>What became of a record.</summary>
internal enum AppendStatus
{
    /// <summary>In the log, on disk.</summary>
    Durable,

    /// <summary>In the local spool, on disk; enters the log when that can be written again.</summary>
    Spooled,

    /// <summary>Nowhere. What it would have recorded must not happen.</summary>
    Refused,
}

/// <param name="Status">Where the record is now.</param>
/// <param name="Fault">Why it isn't in the log, <see cref="BlockLogFault.None"/> when it is.</param>
internal readonly record struct AppendOutcome(AppendStatus Status, BlockLogFault Fault)
{
    /// <summary>True when the record would survive a crash.</summary>
    public bool IsKept => Status != AppendStatus.Refused;

    public static AppendOutcome Durable => new(AppendStatus.Durable, BlockLogFault.None);

    public static AppendOutcome Refused(BlockLogFault fault) => new(AppendStatus.Refused, fault);
}
