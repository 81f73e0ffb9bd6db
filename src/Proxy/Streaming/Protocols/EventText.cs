using System.Buffers;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Puts the JSON of an event of our own together from fixed parts, remembered values and texts.</summary>
internal sealed class EventText
{
    private readonly ArrayBufferWriter<byte> bytes = new(256);

    public ReadOnlySpan<byte> Bytes => bytes.WrittenSpan;

    /// <summary>Adds JSON as it is.</summary>
    public EventText Raw(ReadOnlySpan<byte> json)
    {
        bytes.Write(json);
        return this;
    }

    /// <summary>Adds a text as a JSON string, quotes included; null as null.</summary>
    public EventText Text(string? text)
    {
        if (text is null)
        {
            return Raw("null"u8);
        }

        Raw("\""u8);
        JsonEscapes.Write(bytes, text);
        return Raw("\""u8);
    }

    public EventText Number(int value)
    {
        var span = bytes.GetSpan(11);
        value.TryFormat(span, out var written, provider: System.Globalization.CultureInfo.InvariantCulture);
        bytes.Advance(written);
        return this;
    }

    /// <summary>Sends it and begins anew.</summary>
    public void WriteTo(ReadOnlySpan<byte> name, IFrameWriter writer, IBufferWriter<byte> output)
    {
        writer.Write(name, bytes.WrittenSpan, output);
        bytes.ResetWrittenCount();
    }
}
