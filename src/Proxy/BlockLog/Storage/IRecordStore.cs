namespace EdgeFilter.Proxy.BlockLog;

/// <summary>
/// What the writer needs of a database. Called by one thread; any exception means that nothing of the call was kept, and the store
/// is then reopened before it is used again.
/// </summary>
internal interface IRecordStore : IDisposable
{
    /// <summary>Opens the log, creating or migrating it, and reads where its chain ends.</summary>
    void Open();

    /// <summary>Closes what <see cref="Open"/> opened; harmless when nothing is open.</summary>
    void Close();

    /// <summary>Appends the records in order, all or none, and returns when they are durable.</summary>
    /// <param name="batch">At least one record.</param>
    /// <param name="spoolMark">Kept with them when they come from the spool: how far it has been replayed.</param>
    void Append(IReadOnlyList<PendingRecord> batch, SpoolMark? spoolMark);

    /// <summary>How far a spool has been replayed, null when never.</summary>
    SpoolMark? ReadSpoolMark();

    /// <summary>Writes and commits something of no meaning, to learn whether records could be.</summary>
    void Probe();

    /// <summary>Signs the chain's end unless the last checkpoint already covers it.</summary>
    void SignTip();

    /// <summary>
    /// Removes the oldest records, a bounded number at a time, if they are older than <paramref name="before"/> or the log is larger
    /// than <paramref name="maxBytes"/>, and signs where the log now begins.
    /// </summary>
    /// <returns>How many records were removed; call again until it is none.</returns>
    long Trim(DateTimeOffset? before, long? maxBytes);

    /// <summary>Numbers of the oldest records of a region that are older than that and not erased, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<long> Older(string region, DateTimeOffset before, int limit);

    /// <summary>
    /// Erases the bodies of records and everything they can be found by. Their digests stay, each with a signature that says it was
    /// done on purpose, and so the chain holds.
    /// </summary>
    /// <returns>How many were erased; those that are gone already don't count.</returns>
    int Erase(IReadOnlyList<long> sequences);

    /// <summary>Puts a name on what went wrong.</summary>
    BlockLogFault Classify(Exception problem);
}
