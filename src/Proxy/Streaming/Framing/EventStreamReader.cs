using System.Buffers.Binary;
using System.IO.Hashing;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Reads Amazon's binary event stream (<c>application/vnd.amazon.eventstream</c>), lengths and checksums verified.</summary>
/// <remarks>
/// The name of a frame is its event type, or <c>!</c> and the exception's type. Header values beside the four known ones are
/// handed out as asides.
/// </remarks>
internal sealed class EventStreamReader : IFrameReader
{
    /// <summary>Lengths of the prelude and of what stands around headers and payload together.</summary>
    public const int PreludeLength = 12;
    public const int OverheadLength = 16;

    private readonly int maxFrameLength;
    private readonly FrameBuffer buffer = new();
    private int consumed;
    private bool completed;

    /// <param name="maxFrameLength">Bytes that one frame may have; the service itself stays below 16 MiB.</param>
    public EventStreamReader(int maxFrameLength)
    {
        this.maxFrameLength = maxFrameLength;
    }

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

        if (unread.Length < PreludeLength)
        {
            return Wait();
        }

        var total = BinaryPrimitives.ReadUInt32BigEndian(unread);
        var headers = BinaryPrimitives.ReadUInt32BigEndian(unread[4..]);
        if (Crc32.HashToUInt32(unread[..8]) != BinaryPrimitives.ReadUInt32BigEndian(unread[8..]) || total < OverheadLength + headers)
        {
            return Fail(StreamProblem.BadFraming);
        }

        if (total > (uint)maxFrameLength)
        {
            return Fail(StreamProblem.EventTooLarge);
        }

        return unread.Length < total ? Wait() : TakeFrame(frame, (int)total, (int)headers);
    }

    public void Dispose() => buffer.Dispose();

    private bool TakeFrame(StreamFrame frame, int total, int headersLength)
    {
        var raw = buffer.Unread[..total];
        if (Crc32.HashToUInt32(raw[..^4]) != BinaryPrimitives.ReadUInt32BigEndian(raw[^4..]))
        {
            return Fail(StreamProblem.BadFraming);
        }

        frame.Reset();
        frame.Raw = buffer.Slice(0, total);
        frame.DataStart = PreludeLength + headersLength;
        frame.Data = frame.Raw[frame.DataStart..^4];
        if (!EventStreamHeaders.TryRead(frame, headersLength))
        {
            return Fail(StreamProblem.BadFraming);
        }

        consumed = total;
        return true;
    }

    private void DropHandedOut()
    {
        if (consumed > 0)
        {
            buffer.Consume(consumed);
            consumed = 0;
        }
    }

    private bool Wait() => completed && Fail(StreamProblem.EndedEarly);

    private bool Fail(StreamProblem problem)
    {
        Problem = problem;
        buffer.Dispose();
        return false;
    }
}
