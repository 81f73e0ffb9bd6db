using System.Buffers;
using System.Text;
using EdgeFilter.Proxy.Streaming;

namespace EdgeFilter.Proxy.Tests.Streaming.Fakes;

/// <summary>Runs whole streams through a rewriter.</summary>
internal static class Rewriting
{
    public sealed record Result(string Output, StreamStatus Status, StreamProblem? Problem, StreamCoverage Coverage);

    /// <summary>The client's bytes when the upstream's arrive in pieces of random lengths.</summary>
    public static Result Run(
        StreamDescription description, ITextChannelFactory channels, byte[] stream, Random? cuts = null, StreamRewriterOptions? options = null,
        string? notice = null)
    {
        using var rewriter = new StreamRewriter(description, channels, options);
        var output = new ArrayBufferWriter<byte>();
        var at = 0;
        while (at < stream.Length)
        {
            var length = cuts is null ? stream.Length : Math.Min(stream.Length - at, cuts.Next(4) switch { 0 => 1, 1 => cuts.Next(1, 4), 2 => cuts.Next(1, 60), _ => cuts.Next(1, 900) });
            rewriter.Append(stream.AsSpan(at, length), output);
            at += length;
        }

        var status = rewriter.Complete(output);
        if (status == StreamStatus.Blocked)
        {
            rewriter.WriteBlock(notice, output);
        }

        return new Result(Encoding.UTF8.GetString(output.WrittenSpan), status, rewriter.Problem, rewriter.Coverage);
    }

    public static Result Run(
        StreamDescription description, ITextChannelFactory channels, string stream, StreamRewriterOptions? options = null, string? notice = null) =>
        Run(description, channels, Encoding.UTF8.GetBytes(stream), cuts: null, options, notice);

    /// <summary>One event a line, written <c>name|data</c> as the reference writes them.</summary>
    public static string Sse(params string[] events)
    {
        var text = new StringBuilder();
        foreach (var line in events)
        {
            var bar = line.IndexOf('|');
            if (bar > 0)
            {
                text.Append("event: ").Append(line[..bar]).Append('\n');
            }

            text.Append("data: ").Append(line[(bar + 1)..]).Append("\n\n");
        }

        return text.ToString();
    }

    /// <summary>The reverse of <see cref="Sse"/>, as a client that follows the standard reads it.</summary>
    public static List<(string Name, string Data)> Events(string stream)
    {
        var frames = Framing.Frames.Read(new SseReader(1 << 20), Encoding.UTF8.GetBytes(stream));
        return [.. frames.Where(f => f.Kind == FrameKind.Event).Select(f => (f.Name, Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(f.Data))))];
    }
}
