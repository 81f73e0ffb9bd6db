using System.Buffers;
using System.Text;

namespace EdgeFilter.Proxy.Bodies;

/// <summary>JSON string escapes, read and written. Reading takes only what <see cref="JsonReader"/> has accepted.</summary>
internal static class JsonEscapes
{
    // Surrogates are looked at: a pair is written as it is, half of one can only be written as an escape.
    private static readonly SearchValues<char> MustEscape = SearchValues.Create(
        [(char)'"', '\\', .. Enumerable.Range(0, 0x20).Select(c => (char)c), .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    /// <summary>Decodes the raw bytes between two quotes.</summary>
    /// <param name="raw">Accepted bytes of a name or string.</param>
    /// <param name="destination">At least as many code units as there are bytes.</param>
    /// <returns>UTF-16 code units written.</returns>
    public static int Decode(ReadOnlySpan<byte> raw, bool escaped, Span<char> destination)
    {
        if (!escaped)
        {
            return Encoding.UTF8.GetChars(raw, destination);
        }

        var written = 0;
        while (true)
        {
            var run = raw.IndexOf((byte)'\\');
            if (run < 0)
            {
                return written + Encoding.UTF8.GetChars(raw, destination[written..]);
            }

            written += Encoding.UTF8.GetChars(raw[..run], destination[written..]);
            destination[written++] = DecodeOne(raw[run..], out var length);
            raw = raw[(run + length)..];
        }
    }

    /// <summary>Decodes the escape that begins at the backslash.</summary>
    /// <param name="length">Bytes it takes: 2, or 6 for <c>\uXXXX</c>.</param>
    public static char DecodeOne(ReadOnlySpan<byte> escape, out int length)
    {
        length = 2;
        switch (escape[1])
        {
            case (byte)'n': return '\n';
            case (byte)'t': return '\t';
            case (byte)'r': return '\r';
            case (byte)'b': return '\b';
            case (byte)'f': return '\f';
            case (byte)'u':
                length = 6;
                TryHex(escape[2..6], out var unit);
                return unit;
            default: return (char)escape[1];
        }
    }

    public static bool TryHex(ReadOnlySpan<byte> digits, out char unit)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            int nibble = digit switch
            {
                >= (byte)'0' and <= (byte)'9' => digit - '0',
                >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
                >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
                _ => -1,
            };
            if (nibble < 0)
            {
                unit = default;
                return false;
            }

            value = (value << 4) | nibble;
        }

        unit = (char)value;
        return true;
    }

    /// <summary>Appends a text as it must stand between two quotes: only quotes, backslashes and control characters are escaped.</summary>
    public static void Append(StringBuilder builder, ReadOnlySpan<char> text)
    {
        while (true)
        {
            var plain = text.IndexOfAny(MustEscape);
            if (plain < 0)
            {
                builder.Append(text);
                return;
            }

            builder.Append(text[..plain]);
            text = text[plain..];
            if (text.Length > 1 && char.IsSurrogatePair(text[0], text[1]))
            {
                builder.Append(text[..2]);
                text = text[2..];
                continue;
            }

            AppendOne(builder, text[0]);
            text = text[1..];
        }
    }

    /// <summary>A text as it must stand between two quotes.</summary>
    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny(MustEscape) < 0)
        {
            return text;
        }

        var builder = new StringBuilder(text.Length + 16);
        Append(builder, text);
        return builder.ToString();
    }

    /// <summary>Writes a text as UTF-8 as it must stand between two quotes.</summary>
    public static void Write(IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(Escape(text), output);

    private static void AppendOne(StringBuilder builder, char unit)
    {
        switch (unit)
        {
            case '"': builder.Append("\\\""); break;
            case '\\': builder.Append("\\\\"); break;
            case '\n': builder.Append("\\n"); break;
            case '\r': builder.Append("\\r"); break;
            case '\t': builder.Append("\\t"); break;
            default: builder.Append("\\u").Append(((int)unit).ToString("x4", System.Globalization.CultureInfo.InvariantCulture)); break;
        }
    }
}
