using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Writes one JSON array element by element, as <see cref="JsonArrayReader"/> hands them out, and always closes it.</summary>
internal sealed class JsonArrayWriter : IFrameWriter
{
    private readonly ArrayBufferWriter<byte> closing = new(16);
    private bool isOpen;
    private bool isClosed;

    public void Forward(StreamFrame frame, IBufferWriter<byte> output)
    {
        if (frame.Kind == FrameKind.Event)
        {
            ForwardEdited(frame, frame.Data.Span, output);
        }
        else
        {
            // The closing bracket: until the stream is over, an element of our own may still have to come before it.
            closing.Write(frame.Raw.Span);
        }
    }

    public void ForwardEdited(StreamFrame frame, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        // What came before the element fits unless an element of our own was written or held back before it.
        var before = frame.Raw.Span[..frame.DataStart];
        if (before.Contains(isOpen ? (byte)',' : (byte)'['))
        {
            output.Write(before);
        }
        else
        {
            output.Write(isOpen ? ",\r\n"u8 : "["u8);
        }

        isOpen = true;
        output.Write(data);
    }

    public void Write(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        output.Write(isOpen ? ",\r\n"u8 : "["u8);
        isOpen = true;
        output.Write(data);
    }

    public bool WriteKeepAlive(IBufferWriter<byte> output)
    {
        if (!isOpen || isClosed)
        {
            return false;
        }

        // White space between elements means nothing to any JSON reader.
        output.Write("\n"u8);
        return true;
    }

    public void End(IBufferWriter<byte> output)
    {
        if (isClosed)
        {
            return;
        }

        isClosed = true;
        var isEmptyArray = closing.WrittenSpan.Contains((byte)'[');
        if (closing.WrittenCount > 0 && isEmptyArray != isOpen)
        {
            output.Write(closing.WrittenSpan);
        }
        else
        {
            output.Write(isOpen ? "]"u8 : "[]"u8);
        }
    }
}
