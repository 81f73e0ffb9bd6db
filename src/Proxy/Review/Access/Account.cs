namespace EdgeFilter.Proxy.Review;

/// <summary>Who is signed in: a local account, without its password's hash, or somebody whom the organisation vouches for.</summary>
internal sealed record Account(string Name, Role Role, DateTimeOffset Created, bool IsExternal = false);
