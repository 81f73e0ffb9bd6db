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
    /// <param name="model">The model that a message asks for; null for the session's.</param>
    public Exchange Next(ExchangeFactory exchanges, string? model = null)
    {
        var next = exchanges.Create(RequestIds.Next(DateTimeOffset.UtcNow), Client, Route, Protocol, model ?? Opening.Model, isStreamed: true);
        next.Provider = Opening.Provider;
        next.Cluster = Opening.Cluster;
        next.PassesAs(Opening);
        next.SystemPhrases = Opening.SystemPhrases ?? next.SystemPhrases;
        return next;
    }

    /// <summary>Adds to what the filter has spent on the session, which is measured as one request. Both directions do.</summary>
    /// <param name="ticks">Of <see cref="System.Diagnostics.Stopwatch"/>.</param>
    public void Spent(long ticks)
    {
        lock (Opening)
        {
            Opening.FilterTicks += ticks;
        }
    }
}
