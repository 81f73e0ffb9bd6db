using EdgeFilter.Policies;
using EdgeFilter.Policies.Candidates;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Proxy.Candidates;
using EdgeFilter.Proxy.Configuration;
using EdgeFilter.Proxy.Identity;
using EdgeFilter.Proxy.Routing;
using EdgeFilter.Proxy.WireProtocols;
using Yarp.ReverseProxy.Model;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>Puts together who asks for what, and the policy that this makes apply.</summary>
internal sealed class ExchangeFactory(IPolicySource policies, CandidateTraffic candidates, TimeProvider clock)
{
    public Exchange Create(Guid id, ClientIdentity client, ProviderRoute route, WireProtocol protocol, string model, bool isStreamed)
    {
        var context = new PolicyContext
        {
            Region = client.Region, Tenant = client.Tenant, Groups = client.Groups, Route = route.PolicyRoute, Model = model, Protocol = protocol.Id,
        };
        var (now, policy) = (clock.GetUtcNow(), policies.For(context));
        return new Exchange(id, now, client, policy)
        {
            Provider = route.Provider, Protocol = protocol.Id, Route = route.Template(protocol), Cluster = route.Cluster, Model = model,
            IsStreamed = isStreamed,
            Sample = candidates.Begin(context, policy, new CandidateFacts(now, Exchange.RequestIdOf(id), Direction.Prompt, client.Tenant, client.Region, client.Name, route.PolicyRoute, model)),
        };
    }
}

/// <summary>Where a request goes, as YARP has matched it.</summary>
/// <param name="Provider">Null for routes of YARP's own section.</param>
/// <param name="Family">Spelled as configuration spells it.</param>
/// <param name="Prefix">The part of the path that names the provider; empty for a default one.</param>
/// <param name="Path">The path behind the prefix.</param>
/// <param name="Cluster">YARP's cluster id.</param>
internal sealed record ProviderRoute(Provider? Provider, string Family, string Prefix, string Path, string Cluster)
{
    /// <summary>The route of a request in YARP's pipeline.</summary>
    public static ProviderRoute Of(HttpContext context, ProviderSet providers)
    {
        var yarp = context.GetReverseProxyFeature();
        var metadata = yarp.Route.Config.Metadata;
        var path = context.Request.Path.Value ?? "/";
        if (metadata?.GetValueOrDefault(ProviderRoutes.ProviderKey) is { } name && providers.Find(name) is { } provider)
        {
            var prefix = metadata.GetValueOrDefault(ProviderRoutes.PrefixKey) ?? "";
            return new ProviderRoute(provider, ProviderSet.Spell(provider.Family), prefix, path[prefix.Length..], yarp.Cluster.Config.ClusterId);
        }

        return new ProviderRoute(null, metadata?.GetValueOrDefault(ProviderRoutes.ProtocolKey) ?? "openai", "", path, yarp.Cluster.Config.ClusterId);
    }

    /// <summary>What policies call the route: the provider's prefix.</summary>
    public string PolicyRoute => Provider is null ? Prefix : $"/{Provider.Name}";

    /// <summary>The protocol that the provider speaks on the path: a known one, or one that configuration describes.</summary>
    /// <param name="value">The model or deployment that the path names; null without one.</param>
    public WireProtocol? FindProtocol(string method, out string? value)
    {
        if (WireProtocolCatalog.Find(Family, method, Path, out value) is { } known)
        {
            return known;
        }

        foreach (var api in Provider?.Apis ?? [])
        {
            if (api.Matches(method, Path, out value))
            {
                return api;
            }
        }

        return null;
    }

    public string Template(WireProtocol protocol) => Prefix.Length == 0 ? protocol.Template : Prefix + protocol.Template;
}
