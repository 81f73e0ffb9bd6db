using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>Which headers and query parameters are text, by their names.</summary>
internal static class HeaderKinds
{
    private static readonly FrozenSet<string> Skipped = new[]
    {
        "Authorization", "Proxy-Authorization", "WWW-Authenticate", "x-api-key", "api-key", "x-goog-api-key", "X-Amz-Security-Token", "Cookie",
        "Set-Cookie", "Host", "Connection", "Content-Length", "Transfer-Encoding", "Date", "Mcp-Name",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Ids = new[]
    {
        "traceparent", "Idempotency-Key", "ETag", "Age", "Expires", "Last-Modified", "Retry-After", "Retry-After-Ms",
        "cf-ray", "X-Amz-Date", "X-Amz-Content-Sha256", "amz-sdk-request",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Programs = new[]
    {
        "User-Agent", "Server", "Via", "X-Powered-By", "x-goog-api-client", "x-amz-user-agent", "openai-version", "anthropic-version", "Alt-Svc",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Gateways have keys of their own, in headers of their own.
    private static readonly string[] Credentials = ["authorization", "-auth", "token", "apikey", "api-key", "secret", "credential", "signature"];

    private static readonly FrozenSet<string> SecretParameters =
        new[] { "key", "api_key", "api-key", "access_token", "token" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Names recur with every request. What a stranger sends is not to fill memory: when there are too many, they are told anew.
    private const int MostKnown = 1_024;
    private static readonly ConcurrentDictionary<string, HeaderKind> Known = new(StringComparer.Ordinal);

    public static HeaderKind Of(string name)
    {
        if (Known.TryGetValue(name, out var known))
        {
            return known;
        }

        var kind = Tell(name);
        if (name.Length <= 64 && Known.Count < MostKnown)
        {
            Known.TryAdd(name, kind);
        }

        return kind;
    }

    private static HeaderKind Tell(string name)
    {
        if (Skipped.Contains(name) || name.StartsWith(McpHeaders.ParameterPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return HeaderKind.Skipped;
        }

        foreach (var word in Credentials)
        {
            if (name.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return HeaderKind.Skipped;
            }
        }

        if (Programs.Contains(name) || name.StartsWith("Sec-", StringComparison.OrdinalIgnoreCase))
        {
            return HeaderKind.Program;
        }

        return Ids.Contains(name)
            || name.EndsWith("-id", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("-ms", StringComparison.OrdinalIgnoreCase)
            || name.Contains("ratelimit", StringComparison.OrdinalIgnoreCase)
                ? HeaderKind.Id
                : HeaderKind.Text;
    }

    /// <summary>True for a parameter of a query in which clients send a key.</summary>
    public static bool IsSecretParameter(string name) => SecretParameters.Contains(name);
}
