using System.Buffers;
using System.Text;
using EdgeFilter.Proxy.Streaming;

namespace EdgeFilter.Proxy.Tests.Streaming.Framing;

public class OtherFramingsTests
{
    // Verified with the AWS JavaScript codec.
    private const string DeltaFrame = "000000950000005789cbb35e0b3a6576656e742d74797065070011636f6e74656e74426c6f636b44656c74610d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b22636f6e74656e74426c6f636b496e646578223a302c2264656c7461223a7b2274657874223a2248656c227d7d6413a776";
    private const string ExceptionFrame = "00000090000000618e91a9b70f3a657863657074696f6e2d7479706507001376616c69646174696f6e457863657074696f6e0d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d74797065070009657863657074696f6e7b226d657373616765223a22426c6f636b656420627920706f6c696379227d1f717108";

    [Theory]
    [InlineData(nameof(StreamFraming.Ndjson), "{\"a\":1}\n\n{\"b\":\"x\\n\"}\r\n{\"c\":3}\n")]
    [InlineData(nameof(StreamFraming.JsonArray), "[{\"a\":\"]},[\\\"\\\\\"}\r\n,\r\n{\"b\":[{},[]]}\r\n]\r\n")]
    [InlineData(nameof(StreamFraming.JsonArray), "[]")]
    [InlineData(nameof(StreamFraming.JsonArray), " [ {} ] ")]
    public void Forward_EveryCut_IsByteForByte(string framingName, string stream)
    {
        var framing = Enum.Parse<StreamFraming>(framingName);
        var bytes = Encoding.UTF8.GetBytes(stream);
        var whole = Frames.Read(framing.CreateReader(1000), bytes).Where(f => f.Kind == FrameKind.Event).Select(f => f.Data).ToList();
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal(whole, Frames.Read(framing.CreateReader(1000), bytes, cut).Where(f => f.Kind == FrameKind.Event).Select(f => f.Data));
        }

        Assert.Equal(stream, Frames.Forward(framing.CreateReader(1000), framing.CreateWriter(), bytes));
    }

    [Fact]
    public void Forward_LastLineWithoutNewline_IsEnded()
    {
        Assert.Equal("{}\n", Frames.Forward(new NdjsonReader(100), new NdjsonWriter(), "{}"u8.ToArray()));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[{},,{}]")]
    [InlineData("[{} {}]")]
    [InlineData("[{}]x")]
    [InlineData("[1]")]
    public void TryRead_NotAnArrayOfObjects_IsBrokenFraming(string stream)
    {
        var reader = new JsonArrayReader(1000);

        Frames.Read(reader, Encoding.UTF8.GetBytes(stream));

        Assert.Same(StreamProblem.BadFraming, reader.Problem);
    }

    [Fact]
    public void TryRead_ArrayEndsEarly_IsReported()
    {
        var reader = new JsonArrayReader(1000);

        Frames.Read(reader, "[{\"a\":1}"u8);

        Assert.Same(StreamProblem.EndedEarly, reader.Problem);
    }

    [Fact]
    public void Write_OurOwnElements_KeepTheArrayWhole()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new JsonArrayWriter();
        var reader = new JsonArrayReader(1000);
        var frame = new StreamFrame();
        reader.Append("[{\"a\":1},{\"b\":2}"u8);

        writer.Write([], "{\"own\":0}"u8, output);
        while (reader.TryRead(frame))
        {
            writer.Forward(frame, output);
        }

        writer.Write([], "{\"own\":3}"u8, output);
        writer.End(output);

        Assert.Equal(
            ["{\"own\":0}", "{\"a\":1}", "{\"b\":2}", "{\"own\":3}"],
            System.Text.Json.Nodes.JsonNode.Parse(output.WrittenSpan)!.AsArray().Select(e => e!.ToJsonString()));
    }

    [Fact]
    public void TryRead_EventStreamVectors_AreRead()
    {
        byte[] stream = [.. Convert.FromHexString(DeltaFrame), .. Convert.FromHexString(ExceptionFrame)];

        var frames = Frames.Read(new EventStreamReader(1 << 20), stream, [.. Enumerable.Repeat(1, stream.Length)]);

        Assert.Equal(["contentBlockDelta", "!validationException"], frames.Select(f => f.Name));
        Assert.Equal(["{\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hel\"}}", "{\"message\":\"Blocked by policy\"}"], frames.Select(f => f.Data));
    }

    [Fact]
    public void Write_EventStreamVectors_AreWritten()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new EventStreamWriter();

        writer.Write("contentBlockDelta"u8, "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hel\"}}"u8, output);
        writer.Write("!validationException"u8, "{\"message\":\"Blocked by policy\"}"u8, output);

        Assert.Equal(DeltaFrame + ExceptionFrame, Convert.ToHexStringLower(output.WrittenSpan));
    }

    [Fact]
    public void TryRead_AnyBitOfAFrameFlipped_IsNeverRead()
    {
        for (var at = 0; at < DeltaFrame.Length / 2; at++)
        {
            var bytes = Convert.FromHexString(DeltaFrame);
            bytes[at] ^= 0x10;
            var reader = new EventStreamReader(1 << 20);

            Assert.Empty(Frames.Read(reader, bytes));
            Assert.NotNull(reader.Problem);
        }
    }
}
