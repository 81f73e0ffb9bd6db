using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// Reads server-sent events as the HTML standard does, and beyond it whatever some reader in the field would still see: a last
/// event without its blank line, lines behind a byte order mark, comments, unknown fields.
/// </summary>
/// <remarks>
/// A comment at the beginning of a block and a blank line are frames of their own, so that a keep-alive passes at once.
/// Source: HTML Living Standard, section 9.2.6; differences between readers measured against the official SDKs.
/// </remarks>
internal sealed class SseReader : IFrameReader
{
    private readonly int maxEventLength;
    private readonly FrameBuffer buffer = new();
    private readonly SseBlock block = new();
    private int consumed;
    private int lineStart;
    private int searchFrom;
    private bool completed;
    private bool lineFeedMayFollow;

    /// <param name="maxEventLength">Bytes that one event may have, terminators included.</param>
    public SseReader(int maxEventLength)
    {
        this.maxEventLength = maxEventLength;
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
        if (Problem is not null)
        {
            return false;
        }

        SkipLineFeed();
        while (TryReadLine(out var line, out var terminator))
        {
            if (TakeLine(line, terminator, frame))
            {
                return true;
            }
        }

        if (buffer.Length > maxEventLength)
        {
            Problem = StreamProblem.EventTooLarge;
            buffer.Dispose();
            return false;
        }

        return completed && TakeUnterminated(frame);
    }

    public void Dispose()
    {
        buffer.Dispose();
        block.Dispose();
    }

    private void DropHandedOut()
    {
        if (consumed > 0)
        {
            buffer.Consume(consumed);
            consumed = 0;
        }
    }

    /// <summary>An event that ended with CR alone was handed out at once; the LF of a CRLF cut in two may still follow.</summary>
    private void SkipLineFeed()
    {
        if (lineFeedMayFollow && buffer.Length > 0)
        {
            lineFeedMayFollow = false;
            if (buffer.Unread[0] == '\n')
            {
                buffer.Consume(1);
            }
        }
    }

    private bool TryReadLine(out Range line, out LineEnd terminator)
    {
        line = default;
        terminator = LineEnd.None;
        var unread = buffer.Unread;
        var at = unread[searchFrom..].IndexOfAny((byte)'\r', (byte)'\n');
        if (at < 0)
        {
            searchFrom = unread.Length;
            return false;
        }

        at += searchFrom;
        searchFrom = at;
        if (unread[at] == '\n')
        {
            terminator = LineEnd.LineFeed;
        }
        else if (at + 1 < unread.Length)
        {
            terminator = unread[at + 1] == '\n' ? LineEnd.Both : LineEnd.Return;
        }
        else if (completed)
        {
            terminator = LineEnd.Return;
        }
        else if (at == lineStart && block.HasFields && block.HasBareReturn)
        {
            // The blank line of a CR-only event: its reader need not wait for the next one.
            terminator = LineEnd.Return;
            lineFeedMayFollow = true;
        }
        else
        {
            // Only the next byte tells CR from CRLF. Streams that write CRLF have it in the same packet.
            return false;
        }

        line = lineStart..at;
        searchFrom = lineStart = at + (terminator == LineEnd.Both ? 2 : 1);
        return true;
    }

    /// <summary>Adds a line to the block; true when that completes a frame.</summary>
    private bool TakeLine(Range range, LineEnd terminator, StreamFrame frame)
    {
        var (start, length) = range.GetOffsetAndLength(buffer.Length);
        var line = buffer.Unread.Slice(start, length);
        if (terminator == LineEnd.Return)
        {
            block.HasBareReturn = true;
        }

        if (line.IsEmpty)
        {
            HandOut(frame, block.HasFields ? FrameKind.Event : FrameKind.Blank, isTerminated: true);
            return true;
        }

        var isComment = block.Add(line, start);
        if (isComment && !block.HasFields)
        {
            HandOut(frame, FrameKind.Comment, isTerminated: true);
            return true;
        }

        return false;
    }

    private bool TakeUnterminated(StreamFrame frame)
    {
        if (buffer.Length == 0)
        {
            return false;
        }

        if (lineStart < buffer.Length)
        {
            block.Add(buffer.Unread[lineStart..], lineStart);
        }

        lineStart = buffer.Length;
        HandOut(frame, block.HasFields ? FrameKind.Event : FrameKind.Comment, isTerminated: false);
        return true;
    }

    private void HandOut(StreamFrame frame, FrameKind kind, bool isTerminated)
    {
        consumed = lineStart;
        frame.Reset();
        frame.Kind = kind;
        frame.Raw = buffer.Slice(0, consumed);
        block.Fill(frame, buffer, isTerminated);
        block.Clear();
        lineStart = searchFrom = 0;
    }

    private enum LineEnd
    {
        None,
        LineFeed,
        Return,
        Both,
    }
}
