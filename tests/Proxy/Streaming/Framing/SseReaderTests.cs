using System.Text;
using EdgeFilter.Proxy.Streaming;

namespace EdgeFilter.Proxy.Tests.Streaming.Framing;

public class SseReaderTests
{
    private const int Limit = 1 << 16;

    [Theory]
    [InlineData("data: a\n\n", "a")]
    [InlineData("data: a\r\n\r\n", "a")]
    [InlineData("data: a\r\r", "a")]
    [InlineData("data: a\n\r", "a")]
    [InlineData("data:a\n\n", "a")]
    [InlineData("data:  a\n\n", " a")]
    [InlineData("data: a\ndata: b\n\n", "a\nb")]
    [InlineData("data\ndata\n\n", "\n")]
    [InlineData("data:\n\n", "")]
    [InlineData(": c\ndata: a\n\n", "a")]
    [InlineData("data: a\n: c\ndata: b\n\n", "a\nb")]
    [InlineData("\uFEFFdata: a\n\n", "a")]
    [InlineData("data: a\n\n\uFEFFdata: b\n\n", "a,b")]
    [InlineData("data: a", "a")]
    [InlineData("data: a\n", "a")]
    [InlineData("data: a\r", "a")]
    [InlineData("\n\ndata: a\n\n\ndata: b\n\n", "a,b")]
    [InlineData("DATA: a\n\n data: b\n\n", "")]
    [InlineData("data: a\u2028b\u0085c\n\n", "a\u2028b\u0085c")]
    public void TryRead_AnyVariant_HandsOutTheDataAReaderCouldSee(string stream, string expected)
    {
        var events = Read(stream).Where(frame => frame.Kind == FrameKind.Event);

        Assert.Equal(expected, string.Join(',', events.Select(e => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(e.Data)))));
    }

    [Fact]
    public void TryRead_EveryCutInTwo_SeesTheSameFramesAndEveryByte()
    {
        var streams = new[]
        {
            "event: a\r\ndata: {\"x\":1}\r\n\r\n: ping\r\n\r\ndata: é😀\r\n\r\n",
            "event: a\rdata: x\r\rdata: y\r\r",
            "\uFEFFdata: a\ndata: b\n\n:\n\nid: 5\n\nretry: 10\ndata: z\nfoo: bar\n\ndata: tail",
        };
        foreach (var stream in streams)
        {
            var bytes = Encoding.UTF8.GetBytes(stream);
            var whole = Frames.Read(new SseReader(Limit), bytes);
            for (var cut = 0; cut <= bytes.Length; cut++)
            {
                Assert.Equal(Readings(whole), Readings(Frames.Read(new SseReader(Limit), bytes, cut)));
            }

            Assert.Equal(Readings(whole), Readings(Frames.Read(new SseReader(Limit), bytes, [.. Enumerable.Repeat(1, bytes.Length)])));
        }
    }

    [Fact]
    public void TryRead_RandomStreams_EqualTheStandardsAlgorithm()
    {
        var random = new Random(17);
        string[] lines = ["data: a", "data:b", "data", "event: n", "event: m", ": c", "id: 1", "retry: 3", "x: y", "", "", "", "data: \u00e9"];
        string[] ends = ["\n", "\n", "\r\n", "\r"];
        for (var run = 0; run < 3000; run++)
        {
            var text = new StringBuilder();
            var count = random.Next(1, 14);
            for (var line = 0; line < count; line++)
            {
                text.Append(lines[random.Next(lines.Length)]).Append(ends[random.Next(ends.Length)]);
            }

            text.Append("\n\n");
            var bytes = Encoding.UTF8.GetBytes(text.ToString());
            var cuts = Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(1, 9)).ToArray();

            var frames = Frames.Read(new SseReader(Limit), bytes, cuts);

            Assert.Equal(StandardEvents(Frames.Text(bytes)), frames.Where(f => f.Kind == FrameKind.Event).Select(f => (f.Name, f.Data)));
        }
    }

    [Fact]
    public void TryRead_NameWithoutData_DoesNotReachTheNextEvent()
    {
        var frames = Read("event: secret\n\ndata: x\n\n");

        Assert.Equal(FrameKind.Comment, frames[0].Kind);
        Assert.False(frames[0].IsCanonical);
        Assert.Equal("", frames[1].Name);
    }

    [Theory]
    [InlineData("data: a\n\n", true)]
    [InlineData("data: a\r\n\r\n", true)]
    [InlineData("data: a\ndata: b\n\n", true)]
    [InlineData("data: a\r\r", false)]
    [InlineData("\uFEFFdata: a\n\n", false)]
    [InlineData("data: a", false)]
    [InlineData("event: a\nevent: b\ndata: a\n\n", false)]
    [InlineData("id: a\0b\ndata: a\n\n", false)]
    public void TryRead_ReadersDisagree_SaysSo(string stream, bool canonical)
    {
        Assert.Equal(canonical, Read(stream).Single(frame => frame.Kind == FrameKind.Event).IsCanonical);
    }

    [Fact]
    public void TryRead_TextBesideTheData_IsHandedOutToo()
    {
        var frames = Read("data: a\n: remark\nid: 7\nnote: hidden\n\n");

        Assert.Equal(" remark|7|note: hidden", frames.Single().Asides);
    }

    [Fact]
    public void TryRead_EventOverTheLimit_IsAProblemAndStaysOne()
    {
        var reader = new SseReader(maxEventLength: 64);
        var frame = new StreamFrame();
        reader.Append(Encoding.UTF8.GetBytes("data: ok\n\ndata: " + new string('x', 100)));

        Assert.True(reader.TryRead(frame));
        Assert.False(reader.TryRead(frame));
        Assert.Same(StreamProblem.EventTooLarge, reader.Problem);
        reader.Append("\n\n"u8);
        reader.Complete();
        Assert.False(reader.TryRead(frame));
    }

    [Fact]
    public void TryRead_KeepAlive_IsHandedOutBeforeTheBlockEnds()
    {
        var reader = new SseReader(Limit);
        var frame = new StreamFrame();
        reader.Append(": ping\n"u8);

        Assert.True(reader.TryRead(frame));
        Assert.Equal(FrameKind.Comment, frame.Kind);
    }

    private static List<Frames.Seen> Read(string stream) => Frames.Read(new SseReader(Limit), Encoding.UTF8.GetBytes(stream));

    // A CR that ends the bytes so far may be handed out before its LF: what is read is the same, where it is cut is not.
    private static string Readings(List<Frames.Seen> frames) => string.Join(
        '\u0001',
        frames.Where(f => f.Kind != FrameKind.Blank).Select(f => $"{f.Kind} {f.Name} {f.Data} {f.Asides} {f.IsCanonical}"));

    /// <summary>The HTML standard's algorithm over a whole text, as plainly as it can be written.</summary>
    private static List<(string Name, string Data)> StandardEvents(string text)
    {
        var events = new List<(string, string)>();
        string? data = null;
        var name = "";
        foreach (var line in text.Replace("\r\n", "\n").Replace('\r', '\n').Split('\n'))
        {
            if (line.Length == 0)
            {
                if (data is not null)
                {
                    events.Add((name, data));
                }

                data = null;
                name = "";
                continue;
            }

            var colon = line.IndexOf(':');
            var field = colon < 0 ? line : line[..colon];
            var value = colon < 0 ? "" : line[(colon + 1)..];
            value = value.StartsWith(' ') ? value[1..] : value;
            if (field == "data")
            {
                data = data is null ? value : data + "\n" + value;
            }
            else if (field == "event")
            {
                name = value;
            }
        }

        return events;
    }
}
