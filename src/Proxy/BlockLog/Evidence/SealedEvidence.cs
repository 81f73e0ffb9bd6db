using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>A text that a rule applied to, as a record keeps it: encrypted to a key that the proxy doesn't have.</summary>
internal sealed record SealedEvidence
{
    /// <summary>Bytes of all sealed texts of a record; further ones are left out.</summary>
    public const int MaxBytesPerRecord = 64 * 1024;

    /// <summary>Id of the public key, as <c>keys evidence</c> prints it.</summary>
    public required string Key { get; init => field = SafeText.ClientName(value, 64); }

    /// <summary>Where the text stands in the body: <c>messages[2].content</c>.</summary>
    public string Path { get; init => field = SafeText.Line(value, 160); } = "";

    public SegmentRole Role { get; init; }

    /// <summary>What <see cref="EvidenceFormat"/> describes; in JSON, base64. Empty where it was left out for a reader who didn't ask for it.</summary>
    public required byte[] Sealed { get; init; }

    public override string ToString() => $"{Sealed.Length} bytes sealed to {Key}";
}
