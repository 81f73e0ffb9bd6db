namespace EdgeFilter.Proxy.BlockLog;

/// <summary>The policy that decided, so precisely that the decision can be repeated.</summary>
internal sealed record PolicyReference
{
    public static readonly PolicyReference None = new() { Name = "" };

    public required string Name { get; init => field = SafeText.Line(value, 128); }

    public string Version { get; init => field = SafeText.Line(value, 64); } = "";

    /// <summary>SHA-256 over all documents that contributed, in hex.</summary>
    public string Digest { get; init => field = SafeText.Line(value, 80); } = "";
}
