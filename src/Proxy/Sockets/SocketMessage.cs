using System.Net.WebSockets;
using EdgeFilter.Proxy.Inspection;

namespace EdgeFilter.Proxy.Sockets;

/// <summary>A whole message of a peer, or the reason why there will be no more.</summary>
/// <param name="Body">The message; null at the end. Whoever receives it gives it back.</param>
/// <param name="IsText">False for binary ones.</param>
/// <param name="Status">Why the peer closed; null when it did not say or is gone.</param>
internal readonly record struct SocketMessage(PooledBody? Body, bool IsText, WebSocketCloseStatus? Status)
{
    public static SocketMessage Closed(WebSocketCloseStatus? status) => new(null, IsText: false, status);
}
