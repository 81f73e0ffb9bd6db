namespace EdgeFilter.Proxy.Streaming;

/// <summary>Reads newline-delimited JSON: one value a line. A blank line is no value, a last line needs no newline.</summary>
internal sealed class NdjsonReader : IFrameReader
{
    private readonly int maxLineLength;
    private readonly FrameBuffer buffer = new();
    private int consumed;
    private int searchFrom;
    private bool completed;

    /// <param name="maxLineLength">Bytes that one line may have.</param>
    public NdjsonReader(int maxLineLength)
    {
        this.maxLineLength = maxLineLength;
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
        var end = unread[searchFrom..].IndexOf((byte)'\n');
        if (end >= 0)
        {
            HandOut(frame, searchFrom + end, terminatorLength: 1);
            return true;
        }

        searchFrom = unread.Length;
        if (unread.Length > maxLineLength)
        {
            Problem = StreamProblem.EventTooLarge;
            buffer.Dispose();
            searchFrom = 0;
            return false;
        }

        if (completed && unread.Length > 0)
        {
            HandOut(frame, unread.Length, terminatorLength: 0);
            return true;
        }

        return false;
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

    private void HandOut(StreamFrame frame, int length, int terminatorLength)
    {
        var line = buffer.Unread[..length];
        var start = line.IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)'\r');
        frame.Reset();
        consumed = length + terminatorLength;
        searchFrom = 0;
        frame.Raw = buffer.Slice(0, consumed);
        frame.IsCanonical = terminatorLength > 0;
        if (start < 0)
        {
            frame.Kind = FrameKind.Blank;
            return;
        }

        frame.Kind = FrameKind.Event;
        frame.DataStart = start;
        frame.Data = buffer.Slice(start, line.LastIndexOfAnyExcept((byte)' ', (byte)'\t', (byte)'\r') + 1 - start);
    }
}
