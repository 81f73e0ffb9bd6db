using EdgeFilter.Proxy.Streaming;
using EdgeFilter.Proxy.WireProtocols;
using EdgeFilter.Proxy.WireProtocols.Configured;

namespace EdgeFilter.Proxy.Configuration;

/// <summary>Reads the APIs that a provider's entry describes.</summary>
internal static class ApiReader
{
    private static readonly Dictionary<string, StreamFraming?> Streams = new(StringComparer.OrdinalIgnoreCase)
    {
        ["none"] = null,
        ["sse"] = StreamFraming.Sse,
        ["ndjson"] = StreamFraming.Ndjson,
        ["json-array"] = StreamFraming.JsonArray,
    };

    private static readonly HashSet<string> Bodiless = new(StringComparer.Ordinal) { "GET", "DELETE", "HEAD" };

    /// <param name="at">Where the provider stands, for messages.</param>
    /// <param name="problems">Takes every problem, with what would work.</param>
    public static IReadOnlyList<WireProtocol> Read(
        string at, string provider, ProtocolFamily family, IReadOnlyDictionary<string, ApiOptions> apis, List<string> problems)
    {
        if (family == ProtocolFamily.Custom && apis.Count == 0)
        {
            problems.Add($"{at}:Apis: a provider of the protocol 'custom' needs at least one API with Routes, RequestTextAt and ResponseTextAt.");
        }

        var protocols = new List<WireProtocol>();
        foreach (var (name, api) in apis.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            if (ReadOne($"{at}:Apis:{name}", $"custom.{provider}.{name}", family, api, problems) is { } protocol)
            {
                protocols.Add(protocol);
            }
        }

        return protocols;
    }

    private static WireProtocol? ReadOne(string at, string id, ProtocolFamily family, ApiOptions api, List<string> problems)
    {
        var before = problems.Count;
        if (api.Routes.Count == 0)
        {
            problems.Add($"{at}:Routes: name at least one method and path, such as 'POST /search'.");
        }

        var bodiless = api.Routes.Count(r => Bodiless.Contains(r.Split(' ')[0]));
        if (bodiless > 0 && bodiless < api.Routes.Count)
        {
            problems.Add($"{at}:Routes: requests with and without a body are two APIs; describe GET and DELETE in one of their own.");
        }

        if (bodiless == 0 && api.RequestTextAt.Count == 0)
        {
            problems.Add($"{at}:RequestTextAt: say where requests hold text, such as '$.query' or '$.messages[*].text'.");
        }

        if (api.ResponseTextAt.Count == 0)
        {
            problems.Add($"{at}:ResponseTextAt: say where answers hold text, such as '$.answer'.");
        }

        if (!Streams.TryGetValue(api.Stream, out var framing))
        {
            problems.Add($"{at}:Stream: '{api.Stream}' is not a way to stream. Known: {string.Join(", ", Streams.Keys)}.");
        }

        if (problems.Count > before)
        {
            return null;
        }

        try
        {
            return ConfiguredProtocol.Create(
                id, ProviderSet.Spell(family), api.Routes, api.RequestTextAt, api.ResponseTextAt, framing, api.ModelAt, hasNoRequestBody: bodiless > 0);
        }
        catch (FormatException wrong)
        {
            problems.Add($"{at}: {wrong.Message}");
            return null;
        }
    }
}
