namespace EdgeFilter.Proxy.BlockLog;

/// <summary>A keyed hash of a value that was found.</summary>
internal sealed record ValueFingerprint
{
    public required string Entity { get; init => field = SafeText.Line(value, 64); }

    /// <summary>Key id and HMAC, <c>9f86d081.3f0a…</c>, as <see cref="FingerprintKey"/> makes it.</summary>
    public required string Value { get; init => field = SafeText.ClientName(value, 96); }
}
