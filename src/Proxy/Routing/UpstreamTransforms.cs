using System.Net.Http.Headers;
using EdgeFilter.Proxy.Configuration;
using EdgeFilter.Proxy.Identity;
using EdgeFilter.Proxy.Inspection;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace EdgeFilter.Proxy.Routing;

/// <summary>What changes in the headers of a request on its way to the provider.</summary>
internal sealed class UpstreamTransforms(ProviderSet providers, ClientDirectory clients) : ITransformProvider
{
    // Headers that tell an upstream to read another path or method than the one that was judged, or that Kestrel made of an
    // ambiguous framing.
    private static readonly string[] Misleading =
    [
        "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Original-URL", "X-Rewrite-URL", "X-Content-Length",
        "Digest", "Content-Digest", "Repr-Digest", "Trailer",
    ];

    // Who inside the organisation asks is not for a provider to know.
    private static readonly string[] Revealing = ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "Forwarded", "X-Real-IP"];

    // Google's clients may put their key in the address.
    private const string QueryKey = "key";

    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    public void Apply(TransformBuilderContext context)
    {
        var named = context.Route.Metadata?.GetValueOrDefault(ProviderRoutes.ProviderKey) is { } name ? providers.Find(name) : null;
        context.UseDefaultForwarders = false;
        context.AddRequestTransform(transform =>
        {
            // A policy may have chosen another provider than the path names: its key is not for anybody else.
            var provider = transform.HttpContext.Features.Get<ExchangeFeature>()?.Exchange.Provider ?? named;
            var headers = transform.ProxyRequest.Headers;
            foreach (var header in Misleading.Concat(Revealing))
            {
                headers.Remove(header);
            }

            // The body may have been edited since the client summed it up.
            transform.ProxyRequest.Content?.Headers.Remove("Content-MD5");

            // What comes back is read here: an upstream that compresses would only make it be unpacked again.
            headers.AcceptEncoding.Clear();
            if (clients.RequiresKey || provider?.Key is not null)
            {
                headers.Authorization = null;
                foreach (var header in ClientDirectory.KeyHeaders)
                {
                    headers.Remove(header);
                }

                if (transform.HttpContext.Request.Query.ContainsKey(QueryKey))
                {
                    transform.Query.Collection.Remove(QueryKey);
                }
            }

            if (provider?.Key is { } key)
            {
                Authenticate(headers, provider.Family, key);
            }

            return default;
        });
    }

    private static void Authenticate(HttpRequestHeaders headers, ProtocolFamily family, string key)
    {
        switch (family)
        {
            case ProtocolFamily.Anthropic:
                headers.TryAddWithoutValidation("x-api-key", key);
                break;
            case ProtocolFamily.Azure:
                headers.TryAddWithoutValidation("api-key", key);
                break;
            case ProtocolFamily.Gemini:
                headers.TryAddWithoutValidation("x-goog-api-key", key);
                break;
            default:
                headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
                break;
        }
    }
}
