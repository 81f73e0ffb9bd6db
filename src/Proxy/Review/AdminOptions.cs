using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EdgeFilter.Proxy.Review;

/// <summary>The console: where it listens and where it keeps what people add.</summary>
internal sealed class AdminOptions
{
    public const string Section = "Admin";

    /// <summary>Addresses of the console; never the proxy's.</summary>
    /// <value>Semicolon-separated. The default is <c>http://127.0.0.1:8081</c>; empty switches the console off.</value>
    public string Urls { get; set; } = "http://127.0.0.1:8081";

    /// <summary>File of accounts, marks, comments and the audit trail.</summary>
    /// <value>The default is <c>data/review.db</c>.</value>
    [Required]
    public string Path { get; set; } = System.IO.Path.Combine("data", "review.db");

    /// <summary>Host names that browsers may reach the console by, besides loopback ones.</summary>
    public IList<string> Hosts { get; } = [];

    public bool IsAllowedHost(string host) =>
        host is "localhost" or "127.0.0.1" or "[::1]" || Hosts.Contains(host, StringComparer.OrdinalIgnoreCase);
}

[OptionsValidator]
internal sealed partial class AdminOptionsValidator : IValidateOptions<AdminOptions>;
