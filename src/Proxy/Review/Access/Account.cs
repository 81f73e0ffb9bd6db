namespace EdgeFilter.Proxy.Review;

/// <summary>A local account, without its password's hash.</summary>
internal sealed record Account(string Name, Role Role, DateTimeOffset Created);
