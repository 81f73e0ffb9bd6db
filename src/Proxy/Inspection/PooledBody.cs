using System.Buffers;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>Bytes of a body in pooled memory, which is wiped when it is given back: it held content.</summary>
internal sealed class PooledBody : IDisposable
{
    private byte[] buffer;

    private PooledBody(byte[] buffer, int length)
    {
        this.buffer = buffer;
        Length = length;
    }

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, Length);

    /// <summary>A copy of bytes.</summary>
    public static PooledBody Of(ReadOnlySpan<byte> bytes)
    {
        var body = new PooledBody(ArrayPool<byte>.Shared.Rent(Math.Max(1, bytes.Length)), bytes.Length);
        bytes.CopyTo(body.buffer);
        return body;
    }

    /// <summary>Nothing yet: to be filled through <see cref="Rest"/> and <see cref="Advance"/>.</summary>
    public static PooledBody Empty(int capacity) => new(ArrayPool<byte>.Shared.Rent(capacity), 0);

    /// <summary>Room for more bytes.</summary>
    public Memory<byte> Rest(int atLeast)
    {
        while (buffer.Length - Length < atLeast)
        {
            Grow();
        }

        return buffer.AsMemory(Length);
    }

    /// <summary>Says that bytes were written into <see cref="Rest"/>.</summary>
    public void Advance(int count) => Length += count;

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The body.</param>
    /// <param name="expected">Its length, where known.</param>
    /// <param name="limit">Bytes that it may have.</param>
    /// <returns>Null when it is longer than the limit; the rest of the stream is then unread.</returns>
    public static async ValueTask<PooledBody?> ReadAsync(Stream stream, long? expected, long limit, CancellationToken cancellation)
    {
        if (expected > limit)
        {
            return null;
        }

        var body = new PooledBody(ArrayPool<byte>.Shared.Rent((int)Math.Min(limit, expected + 1 ?? 4_096)), 0);
        try
        {
            while (true)
            {
                if (body.Length == body.buffer.Length)
                {
                    body.Grow();
                }

                var read = await stream.ReadAsync(body.buffer.AsMemory(body.Length), cancellation);
                if (read == 0)
                {
                    return body;
                }

                body.Length += read;
                if (body.Length > limit)
                {
                    body.Dispose();
                    return null;
                }
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (buffer.Length > 0)
        {
            Array.Clear(buffer, 0, Length);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
            Length = 0;
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, Length).CopyTo(larger);
        Array.Clear(buffer, 0, Length);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
