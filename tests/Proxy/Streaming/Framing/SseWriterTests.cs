using System.Buffers;
using System.Text;
using EdgeFilter.Proxy.Streaming;

namespace EdgeFilter.Proxy.Tests.Streaming.Framing;

public class SseWriterTests
{
    [Theory]
    [InlineData("event: a\r\ndata: {\"x\":1}\r\n\r\n: ping\r\n\r\ndata:  x\r\n\r\n")]
    [InlineData(": a\ndata: x\n: b\nid: 1\nfoo: bar\n\n\n\nretry: 5\n\ndata: x\ndata: y\n\n")]
    public void Forward_ReadersAgree_IsByteForByte(string stream)
    {
        Assert.Equal(stream, Forward(stream));
    }

    [Theory]
    [InlineData("data: a\r\r", "data: a\n\n")]
    [InlineData("\uFEFFdata: a\n\n", "data: a\n\n")]
    [InlineData("event: e\nid: 9\ndata: a", "id: 9\nevent: e\ndata: a\n\n")]
    [InlineData("event: a\nevent: b\ndata: x\n\n", "event: b\ndata: x\n\n")]
    [InlineData("event: a\n\ndata: x\n\n", ":\n\ndata: x\n\n")]
    public void Forward_ReadersDisagree_IsWrittenTheOneWayAllRead(string stream, string expected)
    {
        Assert.Equal(expected, Forward(stream));
    }

    [Fact]
    public void ForwardEdited_OneDataLine_KeepsEveryOtherByte()
    {
        Assert.Equal(
            ": c\r\nevent: e\r\ndata:NEW\r\nid: 4\r\n\r\n",
            Edit(": c\r\nevent: e\r\ndata:old\r\nid: 4\r\n\r\n", "NEW"));
    }

    [Fact]
    public void ForwardEdited_SeveralDataLines_AreReadAsOneAgain()
    {
        var edited = Edit("event: e\ndata: {\ndata: \"a\":1}\n\n", "{\n\"a\":2}");

        Assert.Equal("event: e\ndata: {\ndata: \"a\":2}\n\n", edited);
    }

    [Fact]
    public void Write_AfterALoneComment_BeginsABlockOfItsOwn()
    {
        var output = new ArrayBufferWriter<byte>();
        var reader = new SseReader(100);
        var writer = new SseWriter();
        var frame = new StreamFrame();
        reader.Append(": ping\n"u8);
        Assert.True(reader.TryRead(frame));

        writer.Forward(frame, output);
        writer.Write("e"u8, "x"u8, output);
        writer.WriteKeepAlive(output);

        Assert.Equal(": ping\n\nevent: e\ndata: x\n\n: keepalive\n\n", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private static string Forward(string stream) =>
        Frames.Forward(new SseReader(1000), new SseWriter(), Encoding.UTF8.GetBytes(stream));

    private static string Edit(string stream, string data)
    {
        var output = new ArrayBufferWriter<byte>();
        var reader = new SseReader(1000);
        var writer = new SseWriter();
        var frame = new StreamFrame();
        reader.Append(Encoding.UTF8.GetBytes(stream));
        while (reader.TryRead(frame))
        {
            if (frame.Kind == FrameKind.Event)
            {
                writer.ForwardEdited(frame, Encoding.UTF8.GetBytes(data), output);
            }
            else
            {
                writer.Forward(frame, output);
            }
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
