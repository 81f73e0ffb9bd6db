namespace EdgeFilter.Proxy.Configuration;

/// <summary>
/// A client of the proxy: one entry of the section <c>Clients</c>, whose key is its name. With any entry, a request without a
/// known key is refused; without, anybody who reaches the port is served.
/// </summary>
internal sealed class ClientOptions
{
    public const string Section = "Clients";

    /// <summary>SHA-256 of the client's key, in hex: the key itself is in no file. <c>edgefilter keys new</c> makes both.</summary>
    public string KeySha256 { get; set; } = "";

    public string Tenant { get; set; } = "";

    /// <summary>Region whose policies apply. It comes from here, never from a header.</summary>
    public string Region { get; set; } = "";

    public List<string> Groups { get; set; } = [];
}
