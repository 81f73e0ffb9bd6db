using EdgeFilter.Proxy.Configuration;
using EdgeFilter.Proxy.WireProtocols;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>
/// Leads links that a provider gives back through the proxy: a client that followed one to the provider itself would read there
/// what nobody has filtered.
/// </summary>
internal sealed class OwnLinks(ProviderSet providers)
{
    /// <summary>A link as the client may have it.</summary>
    /// <param name="context">The exchange's request.</param>
    /// <param name="link">Absolute, or a path.</param>
    /// <returns>Null when it leads to nothing that the proxy would forward: then it stays as it is.</returns>
    public string? Of(HttpContext context, string link)
    {
        var isAbsolute = Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
        if (!isAbsolute && !link.StartsWith('/'))
        {
            return null;
        }

        var rest = isAbsolute ? address!.PathAndQuery : link;
        var route = ProviderRoute.Of(context, providers);
        foreach (var known in route.Provider?.Addresses ?? [])
        {
            var folder = known.AbsolutePath.TrimEnd('/');
            if (folder.Length > 0 && rest.StartsWith(folder + "/", StringComparison.Ordinal))
            {
                rest = rest[folder.Length..];
                break;
            }
        }

        var path = rest.Split('?', 2)[0];
        if (WireProtocolCatalog.Find(route.Family, HttpMethods.Get, path, out _) is null && WireProtocolCatalog.Find(route.Family, HttpMethods.Post, path, out _) is null)
        {
            return null;
        }

        return isAbsolute ? $"{context.Request.Scheme}://{context.Request.Host}{route.Prefix}{rest}" : route.Prefix + rest;
    }
}
