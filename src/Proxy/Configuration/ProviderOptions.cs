using EdgeFilter.Proxy.Signing;

namespace EdgeFilter.Proxy.Configuration;

/// <summary>A model provider: one entry of the section <c>Providers</c>, whose key is its name and path prefix.</summary>
internal sealed class ProviderOptions
{
    public const string Section = "Providers";

    /// <summary>Family of wire protocols: <c>openai</c> or <c>anthropic</c>.</summary>
    public string Protocol { get; set; } = "";

    /// <summary>The provider's address, without <c>/v1</c>.</summary>
    public string BaseAddress { get; set; } = "";

    /// <summary>Further addresses of the same provider, balanced by YARP.</summary>
    public List<string> MoreAddresses { get; set; } = [];

    /// <summary>The provider's key. Without one, the client's own is passed on (unless <c>Clients</c> are configured).</summary>
    public CredentialOptions Credential { get; set; } = new();

    /// <summary>For Bedrock: what the proxy signs requests with, where it has no <see cref="Credential"/>.</summary>
    public AwsOptions Aws { get; set; } = new();

    /// <summary>Label that residency rules speak of: <c>eu</c>, <c>us</c>, <c>local</c>.</summary>
    public string Region { get; set; } = "";

    /// <summary>True for the provider that paths without a prefix (<c>/v1/…</c>) of its protocol go to.</summary>
    public bool Default { get; set; }

    /// <summary>Further JSON APIs of the provider, by name; for the protocol <c>custom</c> all of them.</summary>
    public Dictionary<string, ApiOptions> Apis { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Names that clients use, and what the provider calls them.</summary>
    public Dictionary<string, string> Models { get; set; } = new(StringComparer.Ordinal);
}

/// <summary>Where a key is read from; at most one of the two.</summary>
internal sealed class CredentialOptions
{
    /// <summary>Name of an environment variable.</summary>
    public string Environment { get; set; } = "";

    /// <summary>Path of a file that holds the key and nothing else.</summary>
    public string File { get; set; } = "";

    public bool IsConfigured => Environment.Length > 0 || File.Length > 0;
}
