using EdgeFilter.Proxy.Configuration;

namespace EdgeFilter.Proxy.Review;

/// <summary>Signing in to the console with the organisation's own accounts (OpenID Connect, code flow with PKCE).</summary>
internal sealed class OidcOptions
{
    /// <summary>The provider's address, as its discovery document begins: <c>https://login.example/realms/acme</c>.</summary>
    public string Authority { get; set; } = "";

    public string ClientId { get; set; } = "";

    /// <summary>The client's secret; none for a public client.</summary>
    public CredentialOptions ClientSecret { get; set; } = new();

    /// <summary>Scopes besides <c>openid</c> and <c>profile</c>.</summary>
    public IList<string> Scopes { get; } = [];

    /// <summary>Claim that names a person.</summary>
    /// <value>The default is <c>preferred_username</c>; without that claim <c>email</c> counts.</value>
    public string NameClaim { get; set; } = "preferred_username";

    /// <summary>Claim that <see cref="Roles"/> speaks of; it may have several values.</summary>
    /// <value>The default is <c>roles</c>.</value>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>Which value of the claim gives which role; the highest counts, and who has none can't sign in.</summary>
    public IList<OidcRole> Roles { get; } = [];

    public bool IsConfigured => Authority.Length > 0;

    /// <exception cref="ConfigurationException">Signing in this way can't work as configured.</exception>
    public void Check()
    {
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var address) || !(address.Scheme == Uri.UriSchemeHttps || address.IsLoopback))
        {
            throw new ConfigurationException(["Admin:Oidc:Authority must be an https address."]);
        }

        if (ClientId.Length == 0 || Roles.Count == 0 || Roles.Any(role => role.Value.Length == 0))
        {
            throw new ConfigurationException(["Admin:Oidc needs ClientId, and Roles with at least one { Value, Role }: without them nobody could sign in."]);
        }
    }

    /// <summary>The client's secret; null for a public client.</summary>
    /// <exception cref="ConfigurationException">The secret is not where the configuration says.</exception>
    public string? ReadSecret()
    {
        if (ClientSecret.File.Length > 0)
        {
            return File.Exists(ClientSecret.File)
                ? File.ReadAllText(ClientSecret.File).Trim()
                : throw new ConfigurationException([$"Admin:Oidc:ClientSecret:File: {ClientSecret.File} does not exist."]);
        }

        return ClientSecret.Environment.Length == 0 ? null
            : Environment.GetEnvironmentVariable(ClientSecret.Environment)
                ?? throw new ConfigurationException([$"Admin:Oidc:ClientSecret:Environment: the variable {ClientSecret.Environment} is not set."]);
    }
}

/// <summary>A value of the role claim and the console's role that it gives.</summary>
internal sealed class OidcRole
{
    public string Value { get; set; } = "";

    public Role Role { get; set; }
}
