using System.Buffers;
using System.Buffers.Binary;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Writes whole messages, each behind its length; see <see cref="MessageReader"/>.</summary>
internal sealed class MessageWriter : IFrameWriter
{
    public void Forward(StreamFrame frame, IBufferWriter<byte> output) => output.Write(frame.Raw.Span);

    public void ForwardEdited(StreamFrame frame, ReadOnlySpan<byte> data, IBufferWriter<byte> output) => Write([], data, output);

    public void Write(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(MessageReader.PrefixLength), data.Length);
        output.Advance(MessageReader.PrefixLength);
        output.Write(data);
    }

    // WebSockets have pings of their own.
    public bool WriteKeepAlive(IBufferWriter<byte> output) => false;

    public void End(IBufferWriter<byte> output)
    {
        // Every message is whole by itself.
    }
}
