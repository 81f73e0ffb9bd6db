using System.Buffers;
using EdgeFilter.Proxy.Streaming;

namespace EdgeFilter.Bench.Fuzz;

/// <summary>
/// Streams of every protocol and framing, events damaged and frames damaged: however the bytes arrive, the client gets the same
/// ones, in frames that can be read again, and not many more than came.
/// </summary>
internal sealed class StreamTarget : IFuzzTarget
{
    private static readonly StreamDescription[] Descriptions = [.. StreamCatalog.All];

    public string Name => "streams";

    public IReadOnlyList<byte[]> Seeds => StreamSeeds.Lines;

    public bool Try(byte[] input, Random random)
    {
        var description = Descriptions[random.Next(Descriptions.Length)];
        var stream = Frame(description.Framing, StreamSeeds.Some(input, random), random);
        var options = new StreamRewriterOptions { HoldToolCalls = random.Next(3) > 0, MaxEventLength = 4_096, MaxHeldLength = 8_192, MaxOpenChannels = 8 };

        var (whole, status) = Run(description, options, stream, cut: null);
        var (pieces, statusOfPieces) = Run(description, options, stream, random);

        Check(status == statusOfPieces && whole.AsSpan().SequenceEqual(pieces), $"{description.Id}: cut otherwise, the stream says something else");
        Check(whole.Length <= (stream.Length * 4) + 8_192, $"{description.Id}: much more is sent than came");
        Check(CanBeRead(description.Framing, whole), $"{description.Id}: what is sent can't be read");
        return status == StreamStatus.Ended;
    }

    private static byte[] Frame(StreamFraming framing, List<byte[]> lines, Random random)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = framing.CreateWriter();
        foreach (var (name, data) in lines.Select(StreamSeeds.Split))
        {
            writer.Write(name, data, output);
        }

        writer.End(output);
        var stream = output.WrittenSpan.ToArray();
        if (random.Next(4) == 0 && stream.Length > 0)
        {
            stream[random.Next(stream.Length)] ^= (byte)(1 << random.Next(8));
        }

        return random.Next(8) == 0 ? stream[..random.Next(stream.Length + 1)] : stream;
    }

    private static (byte[] Output, StreamStatus Status) Run(StreamDescription description, StreamRewriterOptions options, byte[] stream, Random? cut)
    {
        using var rewriter = new StreamRewriter(description, new HoldingChannels(), options);
        var output = new ArrayBufferWriter<byte>();
        for (var at = 0; at < stream.Length;)
        {
            var length = Math.Min(stream.Length - at, cut?.Next(1, cut.Next(2) == 0 ? 3 : 200) ?? stream.Length);
            rewriter.Append(stream.AsSpan(at, length), output);
            at += length;
        }

        var status = rewriter.Complete(output);
        if (status == StreamStatus.Blocked)
        {
            rewriter.WriteBlock("Stopped.", output);
        }

        return (output.WrittenSpan.ToArray(), status);
    }

    private static bool CanBeRead(StreamFraming framing, byte[] sent)
    {
        using var reader = framing.CreateReader(1 << 20);
        var frame = new StreamFrame();
        reader.Append(sent);
        reader.Complete();
        while (reader.TryRead(frame))
        {
        }

        return reader.Problem is null;
    }

    private static void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
