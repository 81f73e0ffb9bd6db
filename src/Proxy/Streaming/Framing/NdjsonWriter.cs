using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Writes newline-delimited JSON. It knows no comments: a silent stream stays silent.</summary>
internal sealed class NdjsonWriter : IFrameWriter
{
    public void Forward(StreamFrame frame, IBufferWriter<byte> output)
    {
        output.Write(frame.Raw.Span);
        if (!frame.IsCanonical)
        {
            output.Write("\n"u8);
        }
    }

    public void ForwardEdited(StreamFrame frame, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        output.Write(frame.Raw.Span[..frame.DataStart]);
        output.Write(data);
        output.Write(frame.Raw.Span[(frame.DataStart + frame.Data.Length)..]);
        if (!frame.IsCanonical)
        {
            output.Write("\n"u8);
        }
    }

    public void Write(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        output.Write(data);
        output.Write("\n"u8);
    }

    public bool WriteKeepAlive(IBufferWriter<byte> output) => false;

    public void End(IBufferWriter<byte> output)
    {
        // Every line was ended as it was written.
    }
}
