using System.Net.WebSockets;
using EdgeFilter.Proxy.Inspection;

namespace EdgeFilter.Proxy.Sockets;

/// <summary>
/// One end of a relayed socket: whole messages in, within limits; whole messages out, one at a time. A peer that does not read is
/// waited for, and then cut off: it holds up its own session and nobody else's.
/// </summary>
internal sealed class SocketPeer(WebSocket socket, long maxMessageLength, TimeSpan sendTimeout) : IDisposable
{
    /// <summary>How long a peer may take to answer a goodbye.</summary>
    public static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(1);

    // Fragments may be empty, and a message of nothing but those would never end.
    private const int MostEmptyFragments = 1_024;
    private const int ReadSize = 4 * 1_024;

    private readonly SemaphoreSlim sending = new(1, 1);

    /// <summary>Receives the next message. Fragments are put together; pings are answered underneath.</summary>
    public async ValueTask<SocketMessage> ReceiveAsync(CancellationToken cancellation)
    {
        var body = PooledBody.Empty(ReadSize);
        var empty = 0;
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(body.Rest(ReadSize), cancellation);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    body.Dispose();
                    return SocketMessage.Closed(socket.CloseStatus);
                }

                body.Advance(received.Count);
                empty += received.Count == 0 ? 1 : 0;
                if (body.Length > maxMessageLength || empty > MostEmptyFragments)
                {
                    body.Dispose();
                    return SocketMessage.Closed(WebSocketCloseStatus.MessageTooBig);
                }

                if (received.EndOfMessage)
                {
                    return new SocketMessage(body, received.MessageType == WebSocketMessageType.Text, null);
                }
            }
        }
        catch (WebSocketException error)
        {
            // Among them: text that is not UTF-8, which the framework closes for.
            body.Dispose();
            return SocketMessage.Closed(error.WebSocketErrorCode == WebSocketError.Faulted ? WebSocketCloseStatus.InvalidPayloadData : null);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>Sends a text message; false when the peer is gone or does not read.</summary>
    public async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        await sending.WaitAsync(cancellation);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(sendTimeout);
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, patience.Token);
            return true;
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>Says goodbye, if the peer still listens; a peer that does not answer is not waited for.</summary>
    public async ValueTask CloseAsync(WebSocketCloseStatus status, string reason)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await sending.WaitAsync(patience.Token);
            try
            {
                if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                {
                    await socket.CloseOutputAsync(status, reason, patience.Token);
                }
            }
            finally
            {
                sending.Release();
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            socket.Abort();
        }
    }

    /// <summary>
    /// Reads on until the peer has answered a goodbye, for a moment: a connection that is torn down before takes the goodbye with it.
    /// Only for a peer that nobody else reads from.
    /// </summary>
    public async ValueTask AwaitGoodbyeAsync()
    {
        using var patience = new CancellationTokenSource(GoodbyePatience);
        var scrap = new byte[1024];
        try
        {
            while (socket.State == WebSocketState.CloseSent)
            {
                await socket.ReceiveAsync(scrap.AsMemory(), patience.Token);
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            socket.Abort();
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        sending.Dispose();
    }
}
