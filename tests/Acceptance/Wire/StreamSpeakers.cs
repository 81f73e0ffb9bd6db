using EdgeFilter.Proxy.Streaming;
using EdgeFilter.Proxy.WireProtocols;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>Which protocol's answers a described stream is, and where that protocol is spoken.</summary>
internal static class StreamSpeakers
{
    private static readonly string[] Types = ["text/event-stream", "application/x-ndjson", "application/vnd.amazon.eventstream", "application/json"];

    /// <summary>A protocol that answers with the stream, and the media type that says so.</summary>
    public static (WireProtocol Protocol, string Type) Of(StreamDescription stream) => Types
        .SelectMany(_ => WireProtocolCatalog.All, (type, protocol) => (Protocol: protocol, Type: type))
        .First(p => p.Protocol is { TakesJson: true, HasNoRequestBody: false } && ReferenceEquals(StreamCatalog.Find(p.Protocol.Id, p.Type, isSuccess: true), stream));

    /// <summary>The path of a protocol's first route, with names in the place of its braces.</summary>
    public static string PathOf(WireProtocol protocol)
    {
        var route = protocol.Routes[0].ToString();
        var parts = route[(route.IndexOf(' ', StringComparison.Ordinal) + 1)..].Split('/').Select(part =>
            part.IndexOf('{', StringComparison.Ordinal) is var open and >= 0 ? part[..open] + ModelFor(protocol) + part[(part.IndexOf('}', StringComparison.Ordinal) + 1)..] : part);
        return $"/{protocol.Families[0]}{string.Join('/', parts)}";
    }

    private static string ModelFor(WireProtocol protocol) =>
        protocol.ForModel is not { } isFor ? "m" : new[] { "anthropic.claude-x", "amazon.nova-x", "meta.llama-x" }.First(isFor);
}
