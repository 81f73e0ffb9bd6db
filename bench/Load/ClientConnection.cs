using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeFilter.Bench.Load;

/// <summary>One kept-alive HTTP/1.1 connection that sends its requests in turn, again and again, and reads each answer whole.</summary>
/// <remarks>Plain sockets: on a small machine a full HTTP client would take the processor time that the proxies are measured by.</remarks>
internal sealed class ClientConnection(IPEndPoint target, byte[][] requests, int firstRequest, Func<long> nextNumber) : IDisposable
{
    private static readonly byte[] Done = "[DONE]"u8.ToArray();

    private readonly (byte[] Bytes, int WordAt)[] requests =
        [.. requests.Select(request => (request.ToArray(), request.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Traffic.Placeholder))))];

    private int next = firstRequest;
    private readonly byte[] buffer = new byte[256 * 1024];
    private Socket? socket;
    private int start;
    private int end;

    /// <summary>Sends one request and waits for the whole answer. Returns the milliseconds to its first byte and to its last.</summary>
    /// <exception cref="InvalidDataException">The answer is not 200, or not complete.</exception>
    public async Task<(double FirstByte, double Total)> ExchangeAsync(CancellationToken cancellation)
    {
        if (socket is null)
        {
            socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(target, cancellation);
        }

        var (request, wordAt) = requests[next++ % requests.Length];
        Traffic.WriteWord(request.AsSpan(wordAt, 8), nextNumber());
        var began = TimeProvider.System.GetTimestamp();
        await socket.SendAsync(request, cancellation);
        start = end = 0;
        var header = await HeadersAsync(cancellation);
        var first = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
        if (!buffer.AsSpan(0, header).StartsWith("HTTP/1.1 200"u8))
        {
            throw new InvalidDataException("The answer was " + Encoding.ASCII.GetString(buffer, 0, Math.Min(60, header)).Split('\r')[0]);
        }

        start = header;
        if (ContentLength(buffer.AsSpan(0, header)) is { } length)
        {
            await FillAsync(length, cancellation);
        }
        else
        {
            await ChunksAsync(cancellation);
        }

        return (first, TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
    }

    public void Dispose() => socket?.Dispose();

    private async Task<int> HeadersAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var at = buffer.AsSpan(0, end).IndexOf("\r\n\r\n"u8);
            if (at >= 0)
            {
                return at + 4;
            }

            await ReceiveAsync(cancellation);
        }
    }

    private async Task ChunksAsync(CancellationToken cancellation)
    {
        var sawDone = false;
        while (true)
        {
            int line;
            while ((line = buffer.AsSpan(start, end - start).IndexOf("\r\n"u8)) < 0)
            {
                await ReceiveAsync(cancellation);
            }

            if (!Utf8Parser.TryParse(buffer.AsSpan(start, line), out int size, out _, 'x'))
            {
                throw new InvalidDataException("The answer's chunks are broken.");
            }

            start += line + 2;
            await FillAsync(size + 2, cancellation);
            sawDone |= buffer.AsSpan(start, size).IndexOf(Done) >= 0;
            start += size + 2;
            if (size == 0)
            {
                if (!sawDone)
                {
                    throw new InvalidDataException("The stream ended without [DONE].");
                }

                return;
            }
        }
    }

    private async Task FillAsync(int length, CancellationToken cancellation)
    {
        while (end - start < length)
        {
            await ReceiveAsync(cancellation);
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellation)
    {
        if (end > buffer.Length / 2 && start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }

        var read = await socket!.ReceiveAsync(buffer.AsMemory(end), cancellation);
        if (read == 0)
        {
            throw new InvalidDataException("The connection was closed in the middle of an answer.");
        }

        end += read;
    }

    private static int? ContentLength(ReadOnlySpan<byte> headers)
    {
        var text = Encoding.ASCII.GetString(headers);
        var at = text.IndexOf("\r\nContent-Length:", StringComparison.OrdinalIgnoreCase);
        return at >= 0 && Utf8Parser.TryParse(headers[(at + 17)..].TrimStart((byte)' '), out int length, out _) ? length : null;
    }
}
