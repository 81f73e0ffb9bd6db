using System.Buffers;
using System.Text;

using EdgeFilter.Proxy.Streaming;

namespace EdgeFilter.Proxy.Tests.Streaming.Framing;

/// <summary>Reads and copies whole streams for the tests of framings.</summary>
internal static class Frames
{
    public sealed record Seen(FrameKind Kind, string Name, string Data, string Raw, bool IsCanonical, string Asides);

    /// <summary>All frames of <paramref name="bytes"/> when they arrive in pieces of the given lengths, the rest in one piece.</summary>
    public static List<Seen> Read(IFrameReader reader, ReadOnlySpan<byte> bytes, params int[] cuts)
    {
        var seen = new List<Seen>();
        var frame = new StreamFrame();
        foreach (var cut in cuts)
        {
            var length = Math.Min(cut, bytes.Length);
            reader.Append(bytes[..length]);
            bytes = bytes[length..];
            Drain(reader, frame, seen);
        }

        reader.Append(bytes);
        Drain(reader, frame, seen);
        reader.Complete();
        Drain(reader, frame, seen);
        return seen;
    }

    /// <summary>What a client receives when every frame is forwarded.</summary>
    public static string Forward(IFrameReader reader, IFrameWriter writer, byte[] bytes)
    {
        var output = new ArrayBufferWriter<byte>();
        var frame = new StreamFrame();
        reader.Append(bytes);
        while (reader.TryRead(frame))
        {
            writer.Forward(frame, output);
        }

        reader.Complete();
        while (reader.TryRead(frame))
        {
            writer.Forward(frame, output);
        }

        writer.End(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>Bytes as characters of the same number, so that broken UTF-8 compares too.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    private static void Drain(IFrameReader reader, StreamFrame frame, List<Seen> seen)
    {
        while (reader.TryRead(frame))
        {
            seen.Add(new Seen(
                frame.Kind,
                Text(frame.Name.Span),
                Text(frame.Data.Span),
                Text(frame.Raw.Span),
                frame.IsCanonical,
                string.Join('|', frame.Asides.Select(aside => Text(aside.Span)))));
        }
    }
}
