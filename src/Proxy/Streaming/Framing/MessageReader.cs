using System.Buffers.Binary;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// Reads whole messages, as WebSockets deliver them. On their way through the filter each has its length before it, four bytes,
/// most significant first; on the wire WebSocket's own frames do that.
/// </summary>
internal sealed class MessageReader(int maxMessageLength) : IFrameReader
{
    public const int PrefixLength = 4;

    private readonly FrameBuffer buffer = new();
    private int consumed;
    private bool completed;

    public StreamProblem? Problem { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        DropHandedOut();
        if (Problem is null)
        {
            buffer.Append(bytes);
        }
    }

    public void Complete() => completed = true;

    public bool TryRead(StreamFrame frame)
    {
        DropHandedOut();
        var unread = buffer.Unread;
        if (Problem is not null || unread.IsEmpty)
        {
            return false;
        }

        var length = unread.Length < PrefixLength ? 0 : BinaryPrimitives.ReadInt32BigEndian(unread);
        if (length < 0 || length > maxMessageLength)
        {
            Problem = StreamProblem.EventTooLarge;
            return false;
        }

        if (unread.Length < PrefixLength || unread.Length - PrefixLength < length)
        {
            Problem = completed ? StreamProblem.EndedEarly : null;
            return false;
        }

        frame.Reset();
        frame.Raw = buffer.Slice(0, PrefixLength + length);
        frame.DataStart = PrefixLength;
        frame.Data = frame.Raw[PrefixLength..];
        consumed = PrefixLength + length;
        return true;
    }

    public void Dispose() => buffer.Dispose();

    private void DropHandedOut()
    {
        if (consumed > 0)
        {
            buffer.Consume(consumed);
            consumed = 0;
        }
    }
}
