using System.Collections.Immutable;

namespace EdgeFilter.Proxy.Identity;

/// <summary>Who a request comes from, as far as the configuration knows.</summary>
internal sealed record ClientIdentity(string Name, string Tenant, string Region, ImmutableArray<string> Groups);
