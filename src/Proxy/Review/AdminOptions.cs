namespace EdgeFilter.Proxy.Review;

/// <summary>The console on the operators' address.</summary>
internal sealed class AdminOptions
{
    public const string Section = "Admin";

    /// <summary>File of accounts, marks, comments and the audit trail.</summary>
    /// <value>The default is <c>review.db</c> beside the block log.</value>
    public string? Path { get; set; }

    /// <summary>Host names that browsers may reach the console by, besides loopback ones.</summary>
    public IList<string> Hosts { get; } = [];

    /// <summary>Sign-in with the organisation's own accounts, beside the local ones.</summary>
    /// <value>The default is none.</value>
    public OidcOptions Oidc { get; set; } = new();

    public bool IsAllowedHost(string host) =>
        host is "localhost" or "127.0.0.1" or "[::1]" || Hosts.Contains(host, StringComparer.OrdinalIgnoreCase);
}
