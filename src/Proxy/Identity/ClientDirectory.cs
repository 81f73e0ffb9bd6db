using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using EdgeFilter.Proxy.Configuration;
using EdgeFilter.Proxy.Sockets;

namespace EdgeFilter.Proxy.Identity;

/// <summary>Recognises clients by their keys. Holds hashes of keys only; looking one up takes the same time whether or not it is there.</summary>
internal sealed class ClientDirectory
{
    private readonly FrozenDictionary<string, ClientIdentity> byKeyHash;
    private readonly ClientIdentity anybody;

    private ClientDirectory(Dictionary<string, ClientIdentity> byKeyHash, ClientIdentity anybody)
    {
        this.byKeyHash = byKeyHash.ToFrozenDictionary(StringComparer.Ordinal);
        this.anybody = anybody;
    }

    /// <summary>True when a request needs a known key.</summary>
    public bool RequiresKey => byKeyHash.Count > 0;

    public static ClientDirectory Read(IConfiguration configuration, ProxyOptions proxy)
    {
        var problems = new List<string>();
        var clients = new Dictionary<string, ClientIdentity>(StringComparer.Ordinal);
        foreach (var section in configuration.GetSection(ClientOptions.Section).GetChildren())
        {
            var options = section.Get<ClientOptions>() ?? new ClientOptions();
            var hash = options.KeySha256.Trim().ToUpperInvariant();
            if (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit))
            {
                problems.Add($"Clients:{section.Key}:KeySha256: 64 hexadecimal digits are needed; 'edgefilter keys new' makes a key and prints them.");
                continue;
            }

            var identity = new ClientIdentity(
                section.Key,
                options.Tenant.Length > 0 ? options.Tenant : proxy.Tenant,
                options.Region.Length > 0 ? options.Region : proxy.Region,
                [.. options.Groups]);
            if (!clients.TryAdd(hash, identity))
            {
                problems.Add($"Clients:{section.Key}:KeySha256: another client has the same key.");
            }
        }

        return problems.Count > 0
            ? throw new ConfigurationException(problems)
            : new ClientDirectory(clients, new ClientIdentity("", proxy.Tenant, proxy.Region, []));
    }

    /// <summary>The client of a request; null when it needs a key and brings none that is known.</summary>
    public ClientIdentity? Identify(HttpRequest request)
    {
        if (!RequiresKey)
        {
            return anybody;
        }

        return KeyOf(request) is { } key ? byKeyHash.GetValueOrDefault(HashOf(key)) : null;
    }

    /// <summary>SHA-256 of a key in hex, as the configuration holds it.</summary>
    public static string HashOf(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    // Where the SDKs put their keys. Several would be ambiguous: the first of a fixed order counts.
    private static string? KeyOf(HttpRequest request)
    {
        if (request.Headers.Authorization is [{ } authorization] && authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return authorization["Bearer ".Length..].Trim();
        }

        foreach (var header in KeyHeaders)
        {
            if (request.Headers[header] is [{ Length: > 0 } key])
            {
                return key;
            }
        }

        // Google's clients may put it in the address, and those of its sockets do.
        if (request.Query["key"] is [{ Length: > 0 } inAddress])
        {
            return inAddress;
        }

        // Browsers can't set headers on a socket: OpenAI's SDK puts the key among the subprotocols.
        return ProviderSocket.Subprotocols(request.Headers.SecWebSocketProtocol)
            .FirstOrDefault(s => s.StartsWith(ProviderSocket.KeySubprotocol, StringComparison.Ordinal))?[ProviderSocket.KeySubprotocol.Length..];
    }

    /// <summary>Headers that carry a client's key; none is forwarded when the key is the proxy's.</summary>
    public static readonly string[] KeyHeaders = ["x-api-key", "api-key", "x-goog-api-key"];
}
