namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Where records are shipped to.</summary>
internal interface IShipTarget : IAsyncDisposable
{
    /// <summary>Hands over the records; returns false when the receiver didn't take them, so that they are sent again.</summary>
    Task<bool> TrySendAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellationToken);
}
