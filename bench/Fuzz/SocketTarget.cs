using System.Net.WebSockets;
using EdgeFilter.Proxy.Sockets;

namespace EdgeFilter.Bench.Fuzz;

/// <summary>WebSocket frames of a client, damaged: messages come out whole and within the limit, and then the connection is over.</summary>
internal sealed class SocketTarget : IFuzzTarget
{
    private const int LargestMessage = 2_048;

    public string Name => "sockets";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. StreamSeeds.Lines.Select(line => Frame(0x81, StreamSeeds.Split(line).Data)),
        [.. Frame(0x01, "{\"type\":"u8), .. Frame(0x89, "ping"u8), .. Frame(0x00, []), .. Frame(0x80, "\"response.create\"}"u8)],
        [.. Frame(0x82, [0, 1, 2]), .. Frame(0x8A, []), .. Frame(0x88, [0x03, 0xE8])],
        Frame(0x81, new byte[3_000]),
    ];

    public bool Try(byte[] input, Random random)
    {
        using var connection = new MemoryStream();
        connection.Write(input);
        connection.Position = 0;
        using var socket = WebSocket.CreateFromStream(new OneWay(connection), new WebSocketCreationOptions { IsServer = true });
        using var peer = new SocketPeer(socket, LargestMessage, TimeSpan.FromSeconds(1));
        var messages = 0;
        while (true)
        {
            var message = peer.ReceiveAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
            if (message.Body is not { } body)
            {
                return messages > 0;
            }

            using (body)
            {
                if (body.Length > LargestMessage)
                {
                    throw new InvalidOperationException("a message is larger than the limit");
                }

                SocketEvent.ResponseOf(body.Bytes.Span, out _);
                SocketEvent.IdOfEvent(body.Bytes.Span);
            }

            messages++;
        }
    }

    private static byte[] Frame(byte head, ReadOnlySpan<byte> payload)
    {
        // A client's frames are masked; a mask of zeros changes nothing.
        byte[] length = payload.Length < 126 ? [(byte)(0x80 | payload.Length)] : [0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length];
        return [head, .. length, 0, 0, 0, 0, .. payload];
    }

    /// <summary>Reads what a client has sent; what it would be sent goes nowhere.</summary>
    private sealed class OneWay(Stream sent) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => sent.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => sent.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public override void Write(byte[] buffer, int offset, int count)
        {
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
