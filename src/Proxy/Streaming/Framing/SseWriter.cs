using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Writes server-sent events: as they came, edited, or of our own.</summary>
internal sealed class SseWriter : IFrameWriter
{
    private readonly byte[] lineEnd;

    // After a comment line that was forwarded alone, the blank line is still to come: our own events begin a block of their own,
    // because a reader may drop a block whose first line is a comment.
    private bool isInsideBlock;

    /// <param name="lineEnd">How our own lines end: LF for most protocols, CRLF for Google's.</param>
    public SseWriter(string lineEnd = "\n")
    {
        this.lineEnd = System.Text.Encoding.ASCII.GetBytes(lineEnd);
    }

    public void Forward(StreamFrame frame, IBufferWriter<byte> output)
    {
        if (frame.IsCanonical)
        {
            output.Write(frame.Raw.Span);
            isInsideBlock = frame.Kind == FrameKind.Comment && frame.Raw.Span[0] == ':';
            return;
        }

        switch (frame.Kind)
        {
            case FrameKind.Event:
                WriteCanonical(frame, frame.Data.Span, output);
                break;
            case FrameKind.Comment:
                WriteCanonicalComment(frame, output);
                break;
            default:
                output.Write(lineEnd);
                isInsideBlock = false;
                break;
        }
    }

    public void ForwardEdited(StreamFrame frame, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        if (frame.IsCanonical && frame.DataStart >= 0 && !data.ContainsAny((byte)'\r', (byte)'\n'))
        {
            output.Write(frame.Raw.Span[..frame.DataStart]);
            output.Write(data);
            output.Write(frame.Raw.Span[(frame.DataStart + frame.Data.Length)..]);
            isInsideBlock = false;
        }
        else
        {
            WriteCanonical(frame, data, output);
        }
    }

    public void Write(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        CloseBlock(output);
        WriteFields(name, data, output);
    }

    public bool WriteKeepAlive(IBufferWriter<byte> output)
    {
        CloseBlock(output);
        output.Write(": keepalive\n\n"u8);
        return true;
    }

    public void End(IBufferWriter<byte> output) => CloseBlock(output);

    private void WriteCanonical(StreamFrame frame, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        CloseBlock(output);
        if (!frame.Id.IsEmpty && !frame.Id.Span.Contains((byte)0))
        {
            WriteField("id: "u8, frame.Id.Span, output);
        }

        WriteFields(frame.Name.Span, data, output);
    }

    /// <summary>A block without data: its id and reconnection time mean something, its name nothing.</summary>
    private void WriteCanonicalComment(StreamFrame frame, IBufferWriter<byte> output)
    {
        CloseBlock(output);
        if (!frame.Id.IsEmpty && !frame.Id.Span.Contains((byte)0))
        {
            WriteField("id: "u8, frame.Id.Span, output);
        }
        else if (!frame.Retry.IsEmpty)
        {
            WriteField("retry: "u8, frame.Retry.Span, output);
        }
        else
        {
            output.Write(":"u8);
            output.Write(lineEnd);
        }

        output.Write(lineEnd);
    }

    private void WriteFields(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        if (!name.IsEmpty)
        {
            WriteField("event: "u8, name, output);
        }

        // Raw line breaks stand only between JSON tokens; each begins a data line of its own.
        while (true)
        {
            var end = data.IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0)
            {
                break;
            }

            WriteField("data: "u8, data[..end], output);
            data = data[(end + 1)..];
        }

        WriteField("data: "u8, data, output);
        output.Write(lineEnd);
    }

    private void WriteField(ReadOnlySpan<byte> field, ReadOnlySpan<byte> value, IBufferWriter<byte> output)
    {
        output.Write(field);
        output.Write(value);
        output.Write(lineEnd);
    }

    private void CloseBlock(IBufferWriter<byte> output)
    {
        if (isInsideBlock)
        {
            output.Write(lineEnd);
            isInsideBlock = false;
        }
    }
}
