using System.Net.WebSockets;
using EdgeFilter.Proxy.Configuration;
using EdgeFilter.Proxy.Identity;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Model;

namespace EdgeFilter.Proxy.Sockets;

/// <summary>Opens the provider's end of a socket, with YARP's choice of destination and its connections.</summary>
internal sealed class ProviderSocket(ClientDirectory clients)
{
    /// <summary>The subprotocol in which browsers, which can't set headers, send a key.</summary>
    public const string KeySubprotocol = "openai-insecure-api-key.";

    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PongWithin = TimeSpan.FromSeconds(30);

    // Headers that mean something to a provider; cookies, origins and whatever else a browser adds do not.
    private static readonly string[] Passed =
    [
        "Authorization", "api-key", "x-api-key", "x-goog-api-key", "x-goog-api-client", "OpenAI-Beta", "OpenAI-Organization", "OpenAI-Project", "OpenAI-Safety-Identifier",
        "x-ms-client-request-id", "x-client-request-id", "User-Agent",
    ];

    /// <summary>Connects.</summary>
    /// <param name="path">Behind the destination's address.</param>
    /// <param name="query">With its question mark.</param>
    /// <returns>The socket, or the HTTP status that the provider answered instead; 0 when it can't be reached.</returns>
    public async Task<(ClientWebSocket? Socket, int Status)> ConnectAsync(HttpContext context, Provider? provider, string path, string query)
    {
        var proxied = context.GetReverseProxyFeature();
        var destinations = proxied.AvailableDestinations;
        if (destinations.Count == 0)
        {
            return (null, 0);
        }

        var destination = destinations[Random.Shared.Next(destinations.Count)];
        var address = new UriBuilder(destination.Model.Config.Address.TrimEnd('/') + path) { Query = query };
        address.Scheme = address.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.CollectHttpResponseDetails = true;
            socket.Options.KeepAliveInterval = PingEvery;
            socket.Options.KeepAliveTimeout = PongWithin;
            Describe(socket.Options, context.Request, provider);
            await socket.ConnectAsync(address.Uri, proxied.Cluster.HttpClient, context.RequestAborted);
            return (socket, 0);
        }
        catch (Exception error) when (error is WebSocketException or HttpRequestException or InvalidOperationException)
        {
            var status = (int)socket.HttpStatusCode;
            socket.Dispose();
            return (null, status);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Describe(ClientWebSocketOptions options, HttpRequest request, Provider? provider)
    {
        var keepsKey = !clients.RequiresKey && provider?.Key is null;
        foreach (var name in Passed)
        {
            var isKey = name is "Authorization" || ClientDirectory.KeyHeaders.Contains(name, StringComparer.Ordinal);
            if (request.Headers.TryGetValue(name, out var value) && (keepsKey || !isKey))
            {
                options.SetRequestHeader(name, value.ToString());
            }
        }

        if (provider?.Key is { } key)
        {
            var (header, value) = provider.Family switch
            {
                ProtocolFamily.Azure => ("api-key", key),
                ProtocolFamily.Gemini => ("x-goog-api-key", key),
                _ => ("Authorization", "Bearer " + key),
            };
            options.SetRequestHeader(header, value);
        }

        foreach (var subprotocol in Subprotocols(request.Headers.SecWebSocketProtocol))
        {
            if (keepsKey || !subprotocol.StartsWith(KeySubprotocol, StringComparison.Ordinal))
            {
                options.AddSubProtocol(subprotocol);
            }
        }
    }

    public static IEnumerable<string> Subprotocols(StringValues header) =>
        header.SelectMany(h => (h ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal);
}
