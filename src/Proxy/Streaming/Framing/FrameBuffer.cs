using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>The bytes of a stream that have arrived and are not yet consumed, in one piece of pooled memory.</summary>
internal sealed class FrameBuffer : IDisposable
{
    // An idle stream keeps no more than this: thousands are open at a time.
    private const int SmallLength = 4096;

    private byte[] bytes = [];
    private int start;
    private int end;

    public ReadOnlySpan<byte> Unread => bytes.AsSpan(start, end - start);

    public int Length => end - start;

    public ReadOnlyMemory<byte> Slice(int offset, int length) => bytes.AsMemory(start + offset, length);

    public void Append(ReadOnlySpan<byte> more)
    {
        if (more.Length > bytes.Length - end)
        {
            MakeRoom(more.Length);
        }

        more.CopyTo(bytes.AsSpan(end));
        end += more.Length;
    }

    public void Consume(int count)
    {
        start += count;
        if (start == end)
        {
            start = end = 0;
            if (bytes.Length > 4 * SmallLength)
            {
                Dispose();
            }
        }
    }

    public void Dispose()
    {
        var rented = bytes;
        bytes = [];
        start = end = 0;
        if (rented.Length > 0)
        {
            // Pooled memory outlives this stream; what it held was someone's text.
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    private void MakeRoom(int count)
    {
        var length = end - start;
        if (length + count <= bytes.Length / 2)
        {
            bytes.AsSpan(start, length).CopyTo(bytes);
        }
        else
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(SmallLength, checked(length + count) * 2));
            bytes.AsSpan(start, length).CopyTo(larger);
            var old = bytes;
            bytes = larger;
            if (old.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(old, clearArray: true);
            }
        }

        start = 0;
        end = length;
    }
}
