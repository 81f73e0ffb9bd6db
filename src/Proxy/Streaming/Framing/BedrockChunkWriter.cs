using System.Buffers;
using System.Text.Json;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Writes what <see cref="BedrockChunkReader"/> reads.</summary>
/// <param name="isNamed">See <see cref="BedrockChunkReader"/>.</param>
internal sealed class BedrockChunkWriter(bool isNamed) : IFrameWriter
{
    private readonly EventStreamWriter frames = new();
    private readonly ArrayBufferWriter<byte> wrapped = new(512);
    private readonly ArrayBufferWriter<byte> inner = new(512);

    public void Forward(StreamFrame frame, IBufferWriter<byte> output)
    {
        if (frame.IsCanonical)
        {
            frames.Forward(frame, output);
        }
        else
        {
            ForwardEdited(frame, frame.Data.Span, output);
        }
    }

    public void ForwardEdited(StreamFrame frame, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        if (frame.DataStart >= 0)
        {
            // No chunk: an exception, or an event that only AWS knows.
            frames.ForwardEdited(frame, data, output);
        }
        else
        {
            Write(frame.Name.Span, data, output);
        }
    }

    public void Write(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        if (name is [(byte)'!', ..])
        {
            frames.Write(name, data, output);
            return;
        }

        wrapped.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(wrapped))
        {
            json.WriteStartObject();
            json.WriteBase64String("bytes"u8, isNamed && !name.IsEmpty ? Named(name, data) : data);
            json.WriteEndObject();
        }

        frames.Write("chunk"u8, wrapped.WrittenSpan, output);
    }

    public bool WriteKeepAlive(IBufferWriter<byte> output) => false;

    public void End(IBufferWriter<byte> output)
    {
        // Every frame is whole by itself.
    }

    private ReadOnlySpan<byte> Named(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        inner.ResetWrittenCount();
        inner.Write("{\""u8);
        inner.Write(name);
        inner.Write("\":"u8);
        inner.Write(data);
        inner.Write("}"u8);
        return inner.WrittenSpan;
    }
}
