using EdgeFilter.Proxy.Configuration;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace EdgeFilter.Proxy.Routing;

/// <summary>
/// YARP routes and clusters made from the providers: <c>/NAME/…</c> for each, and <c>/v1/…</c> for the defaults. YARP's own
/// <c>ReverseProxy</c> section stands beside them.
/// </summary>
internal static class ProviderRoutes
{
    /// <summary>Metadata key of a route that says which provider it belongs to.</summary>
    public const string ProviderKey = "EdgeFilter.Provider";

    /// <summary>Metadata key of a route that says which part of the path names the provider.</summary>
    public const string PrefixKey = "EdgeFilter.Prefix";

    /// <summary>Metadata key that a route of YARP's own section may carry: the family of wire protocols it speaks; <c>openai</c> without it.</summary>
    public const string ProtocolKey = "EdgeFilter.Protocol";

    public static IReadOnlyList<RouteConfig> Routes(ProviderSet providers)
    {
        var routes = new List<RouteConfig>();
        foreach (var provider in providers.All)
        {
            routes.Add(Route(provider, $"edgefilter-{provider.Name}", $"/{provider.Name}/{{**rest}}", order: 100, prefix: $"/{provider.Name}"));
            if (provider.IsDefault)
            {
                foreach (var (path, order) in DefaultPaths(provider.Family))
                {
                    routes.Add(Route(provider, $"edgefilter-{provider.Name}-{order}", path, order, prefix: ""));
                }
            }
        }

        return routes;
    }

    public static IReadOnlyList<ClusterConfig> Clusters(ProviderSet providers, ProxyOptions options) =>
    [
        .. providers.All.Select(provider => new ClusterConfig
        {
            ClusterId = ClusterOf(provider.Name),
            LoadBalancingPolicy = "PowerOfTwoChoices",
            Destinations = provider.Addresses
                .Select((address, index) => (address, index))
                .ToDictionary(p => $"{provider.Name}-{p.index}", p => new DestinationConfig { Address = p.address.AbsoluteUri }, StringComparer.Ordinal),
            HttpRequest = new ForwarderRequestConfig { ActivityTimeout = options.UpstreamIdleTimeout },
            HttpClient = new HttpClientConfig { EnableMultipleHttp2Connections = true },
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [ProviderKey] = provider.Name },
        }),
    ];

    public static string ClusterOf(string provider) => $"edgefilter-{provider}";

    private static RouteConfig Route(Provider provider, string id, string path, int order, string prefix) => new()
    {
        RouteId = id,
        ClusterId = ClusterOf(provider.Name),
        Order = order,
        Match = new RouteMatch { Path = path },
        Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [ProviderKey] = provider.Name, [PrefixKey] = prefix },
        Transforms = prefix.Length == 0 ? null : [new Dictionary<string, string>(StringComparer.Ordinal) { ["PathRemovePrefix"] = prefix }],
    };

    private static (string Path, int Order)[] DefaultPaths(ProtocolFamily family) => family switch
    {
        ProtocolFamily.OpenAi => [("/v1/{**rest}", 300)],
        ProtocolFamily.Anthropic => [("/v1/messages/{**rest}", 200)],
        ProtocolFamily.Gemini => [("/v1beta/{**rest}", 310)],
        ProtocolFamily.Ollama => [("/api/{**rest}", 320)],
        ProtocolFamily.Cohere => [("/v2/{**rest}", 330)],
        ProtocolFamily.Bedrock => [("/model/{**rest}", 340)],
        _ => [],
    };
}
