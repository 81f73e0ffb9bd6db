using System.Collections.Frozen;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Proxy.Configuration;
using EdgeFilter.Proxy.Routing;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>
/// Which provider may have a request: the one that the path names, unless a policy's residency or a reroute rule says otherwise; then
/// another of the same protocol with an allowed label, or none.
/// </summary>
internal sealed class ClusterChoice(ProviderSet providers, IProxyStateLookup clusters)
{
    /// <summary>Decides where the exchange goes, and points YARP there.</summary>
    /// <returns>The rule that blocks because nothing allowed is there; null when the exchange may go on.</returns>
    public CompiledRule? Apply(HttpContext context, Exchange exchange, CompiledRule? reroutedBy)
    {
        var residency = exchange.Policy.Residency;
        var current = exchange.Provider;
        var label = current?.Region ?? "";
        if (IsAllowed(label, residency, reroutedBy))
        {
            return null;
        }

        var wanted = reroutedBy is null ? residency!.AllowedClusters : reroutedBy.RerouteTo;
        foreach (var allowed in wanted)
        {
            // A provider speaks one family of protocols: only one of the same family understands this request.
            // Of APIs that configuration describes nobody knows whether another provider has them.
            var other = providers.All.FirstOrDefault(p =>
                current is not null && p.Family == current.Family && p.Family != ProtocolFamily.Custom && Is(p.Region, allowed));
            if (other is not null && IsAllowed(other.Region, residency, reroutedBy)
                && clusters.TryGetCluster(ProviderRoutes.ClusterOf(other.Name), out var cluster))
            {
                context.ReassignProxyRequest(cluster);
                exchange.Provider = other;
                exchange.Cluster = cluster.ClusterId;
                return null;
            }
        }

        return reroutedBy ?? RuleOf(residency!);
    }

    private static bool IsAllowed(string label, CompiledResidency? residency, CompiledRule? reroutedBy) =>
        (residency is null || residency.AllowedClusters.Any(a => Is(label, a)))
        && (reroutedBy is null || reroutedBy.RerouteTo.Any(a => Is(label, a)));

    private static bool Is(string label, string allowed) => label.Length > 0 && string.Equals(label, allowed, StringComparison.OrdinalIgnoreCase);

    // Residency is no rule of its own in a policy, but a record names what decided.
    private static CompiledRule RuleOf(CompiledResidency residency) => new()
    {
        Policy = residency.Policy,
        Id = "residency",
        In = FrozenSet.Create(Direction.Prompt),
        When = new CombinedCondition { Kind = Combination.All, Parts = [] },
        Then = PolicyAction.Block,
        Why = $"Only clusters labelled {string.Join(", ", residency.AllowedClusters)} may be used.",
        Say = new Dictionary<string, string>(StringComparer.Ordinal) { [""] = "No model provider in an allowed region is available for this request." }
            .ToFrozenDictionary(StringComparer.Ordinal),
        Severity = Severity.High,
    };
}
