using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EdgeFilter.Proxy.Configuration;

/// <summary>Where the proxy listens, where its policies and models lie, and how much it takes.</summary>
internal sealed class ProxyOptions
{
    public const string Section = "Proxy";

    /// <summary>Addresses for clients, separated by <c>;</c>.</summary>
    /// <value>The default is <c>http://127.0.0.1:8080</c>.</value>
    [Required]
    public string Urls { get; set; } = "http://127.0.0.1:8080";

    /// <summary>Addresses of the console, health and policy status; never one of <see cref="Urls"/>.</summary>
    /// <value>The default is <c>http://127.0.0.1:8081</c>.</value>
    [Required]
    public string AdminUrls { get; set; } = "http://127.0.0.1:8081";

    /// <summary>PEM file of the certificate, with its intermediates, for addresses that begin with <c>https</c>; read again when it changes.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM file of the certificate's key; the certificate's own file without one.</summary>
    public string CertificateKeyFile { get; set; } = "";

    /// <summary>Folder of the policies.</summary>
    [Required]
    public string Policies { get; set; } = "policies";

    /// <summary>Folder in which the policies that were in force are kept, and a candidate waits.</summary>
    /// <value>The default is <c>policy-state</c> beside the block log.</value>
    public string? PolicyState { get; set; }

    /// <summary>Folder of the models.</summary>
    [Required]
    public string Models { get; set; } = "models";

    /// <summary>Region of clients that no entry of <c>Clients</c> says otherwise of.</summary>
    public string Region { get; set; } = "";

    /// <summary>Tenant of clients that no entry of <c>Clients</c> says otherwise of.</summary>
    public string Tenant { get; set; } = "";

    /// <summary>
    /// Paths that are forwarded without inspection although no protocol description knows them, each named in the records'
    /// coverage. <c>*</c> stands for any run of characters. Without an entry, an unknown path is refused.
    /// </summary>
    public List<string> Pass { get; set; } = [];

    /// <summary>
    /// Words in the <c>User-Agent</c> or <c>originator</c> of clients that ask again when a streamed Responses answer ends as
    /// incomplete, as it does at a block: for them it ends as failed, which they take for final.
    /// </summary>
    /// <value>The default is <c>codex</c>; further entries are added to it.</value>
    public List<string> RetriesIncomplete { get; set; } = ["codex"];

    /// <summary>The largest request body, before and after decompression.</summary>
    /// <value>Bytes, 1 KiB to 256 MiB. The default is 32 MiB.</value>
    [Range(1_024, 256L * 1_024 * 1_024)]
    public long MaxRequestBytes { get; set; } = 32L * 1_024 * 1_024;

    /// <summary>The largest whole response body that is held for inspection.</summary>
    /// <value>Bytes, 1 KiB to 256 MiB. The default is 32 MiB.</value>
    [Range(1_024, 256L * 1_024 * 1_024)]
    public long MaxResponseBytes { get; set; } = 32L * 1_024 * 1_024;

    /// <summary>How long an upstream may say nothing.</summary>
    /// <value>The default is 10 minutes, as the official SDKs wait.</value>
    public TimeSpan UpstreamIdleTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a client may take to send its body.</summary>
    /// <value>The default is 2 minutes.</value>
    public TimeSpan RequestBodyTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Where <see cref="PolicyState"/> is.</summary>
    /// <param name="log">The block log's file.</param>
    public string StateFolder(string log) => PolicyState ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(log)) ?? ".", "policy-state");
}

[OptionsValidator]
internal sealed partial class ProxyOptionsValidator : IValidateOptions<ProxyOptions>;
