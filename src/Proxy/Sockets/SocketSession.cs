using EdgeFilter.Proxy.Identity;
using EdgeFilter.Proxy.Inspection;
using EdgeFilter.Proxy.Streaming;
using EdgeFilter.Proxy.WireProtocols;

namespace EdgeFilter.Proxy.Sockets;

/// <summary>Who speaks to whom over a socket, and how.</summary>
/// <param name="Opening">The exchange that opened it: its provider and cluster hold for the session.</param>
/// <param name="Route">Where it goes.</param>
/// <param name="Events">What the provider says.</param>
/// <param name="Languages">The client's <c>Accept-Language</c>.</param>
internal sealed record SocketSession(
    Exchange Opening, ClientIdentity Client, ProviderRoute Route, WireProtocol Protocol, StreamDescription Events, ISocketAnswers Answers, string Languages)
{
    /// <summary>
    /// An exchange for the next message or stretch, under the policy of now: a session may outlast several. What the system prompt
    /// says is remembered for all of it.
    /// </summary>
    public Exchange Next(ExchangeFactory exchanges)
    {
        var next = exchanges.Create(Guid.CreateVersion7(), Client, Route, Protocol, Opening.Model, isStreamed: true);
        next.Provider = Opening.Provider;
        next.Cluster = Opening.Cluster;
        next.PassesAs(Opening);
        next.SystemPhrases = Opening.SystemPhrases ?? next.SystemPhrases;
        return next;
    }
}
