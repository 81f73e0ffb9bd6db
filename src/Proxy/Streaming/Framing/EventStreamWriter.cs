using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Writes Amazon's binary event stream; lengths and checksums of edited frames are computed anew.</summary>
internal sealed class EventStreamWriter : IFrameWriter
{
    private readonly ArrayBufferWriter<byte> headers = new(128);

    public void Forward(StreamFrame frame, IBufferWriter<byte> output)
    {
        if (frame.IsCanonical)
        {
            output.Write(frame.Raw.Span);
        }
        else
        {
            Write(frame.Name.Span, frame.Data.Span, output);
        }
    }

    public void ForwardEdited(StreamFrame frame, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        if (frame.IsCanonical)
        {
            WriteFrame(frame.Raw.Span[EventStreamReader.PreludeLength..frame.DataStart], data, output);
        }
        else
        {
            // A header that may not pass: only our own go.
            Write(frame.Name.Span, data, output);
        }
    }

    public void Write(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        headers.ResetWrittenCount();
        EventStreamHeaders.Write(name, headers);
        WriteFrame(headers.WrittenSpan, data, output);
    }

    public bool WriteKeepAlive(IBufferWriter<byte> output) => false;

    public void End(IBufferWriter<byte> output)
    {
        // Every frame is whole by itself.
    }

    private static void WriteFrame(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        var total = EventStreamReader.OverheadLength + headers.Length + data.Length;
        var span = output.GetSpan(total)[..total];
        BinaryPrimitives.WriteUInt32BigEndian(span, (uint)total);
        BinaryPrimitives.WriteUInt32BigEndian(span[4..], (uint)headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(span[8..], Crc32.HashToUInt32(span[..8]));
        headers.CopyTo(span[EventStreamReader.PreludeLength..]);
        data.CopyTo(span[(EventStreamReader.PreludeLength + headers.Length)..]);
        BinaryPrimitives.WriteUInt32BigEndian(span[^4..], Crc32.HashToUInt32(span[..^4]));
        output.Advance(total);
    }
}
