using System.Buffers;
using System.Buffers.Binary;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>The typed headers of a frame of Amazon's event stream.</summary>
internal static class EventStreamHeaders
{
    private const byte TextType = 7;

    /// <summary>Fills the frame's name and asides from its headers; false when they are broken.</summary>
    public static bool TryRead(StreamFrame frame, int headersLength)
    {
        var at = EventStreamReader.PreludeLength;
        var end = at + headersLength;
        var raw = frame.Raw;
        ReadOnlyMemory<byte> eventType = default;
        ReadOnlyMemory<byte> exceptionType = default;
        while (at < end)
        {
            var nameLength = raw.Span[at];
            if (nameLength == 0 || at + 1 + nameLength >= end)
            {
                return false;
            }

            var name = raw.Slice(at + 1, nameLength);
            at += 1 + nameLength;
            var type = raw.Span[at++];
            if (!TryReadLength(raw.Span[at..end], type, out var prefix, out var length) || at + prefix + length > end)
            {
                return false;
            }

            var value = raw.Slice(at + prefix, length);
            at += prefix + length;
            if (type != TextType)
            {
                continue;
            }

            if (name.Span.SequenceEqual(":event-type"u8))
            {
                eventType = value;
            }
            else if (name.Span.SequenceEqual(":exception-type"u8) || name.Span.SequenceEqual(":error-code"u8))
            {
                exceptionType = value;
            }
            else if (!name.Span.SequenceEqual(":message-type"u8) && !name.Span.SequenceEqual(":content-type"u8))
            {
                frame.Asides.Add(value);
            }
        }

        frame.Name = exceptionType.IsEmpty ? eventType : (byte[])[(byte)'!', .. exceptionType.Span];
        return true;
    }

    /// <summary>Writes the three headers that every event or exception of ours carries.</summary>
    public static void Write(ReadOnlySpan<byte> name, IBufferWriter<byte> output)
    {
        var isException = name.Length > 0 && name[0] == '!';
        WriteText(isException ? ":exception-type"u8 : ":event-type"u8, isException ? name[1..] : name, output);
        WriteText(":content-type"u8, "application/json"u8, output);
        WriteText(":message-type"u8, isException ? "exception"u8 : "event"u8, output);
    }

    private static bool TryReadLength(ReadOnlySpan<byte> rest, byte type, out int prefix, out int length)
    {
        prefix = 0;
        length = 0;
        switch (type)
        {
            case 0 or 1:
                return true;
            case 2:
                length = 1;
                return true;
            case 3:
                length = 2;
                return true;
            case 4:
                length = 4;
                return true;
            case 5 or 8:
                length = 8;
                return true;
            case 9:
                length = 16;
                return true;
            case 6 or TextType when rest.Length >= 2:
                prefix = 2;
                length = BinaryPrimitives.ReadUInt16BigEndian(rest);
                return true;
            default:
                return false;
        }
    }

    private static void WriteText(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, IBufferWriter<byte> output)
    {
        var span = output.GetSpan(4 + name.Length + value.Length);
        span[0] = (byte)name.Length;
        name.CopyTo(span[1..]);
        span[1 + name.Length] = TextType;
        BinaryPrimitives.WriteUInt16BigEndian(span[(2 + name.Length)..], (ushort)value.Length);
        value.CopyTo(span[(4 + name.Length)..]);
        output.Advance(4 + name.Length + value.Length);
    }
}
