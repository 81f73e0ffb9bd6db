using System.Buffers;
using System.Text;
using EdgeFilter.Proxy.Streaming;
using EdgeFilter.Proxy.Tests.Streaming.Fakes;

namespace EdgeFilter.Proxy.Tests.Streaming.Framing;

/// <summary>A vendor's events inside Bedrock's frames, as base64.</summary>
public class BedrockChunkTests
{
    [Theory]
    [InlineData("""{"bytes":"eyJhIjoxfQ==","p":"abcdef"}""")]
    [InlineData("""{ "p" : "abc" , "bytes" : "eyJhIjoxfQ==" }""")]
    [InlineData("""{"bytes":"eyJhIjoxfQ\u003d="}""")]
    public void Forward_PaddedChunk_IsByteForByte(string payload)
    {
        var stream = Outer("chunk", payload);

        var frame = Assert.Single(Read(stream, StreamFraming.BedrockChunks));

        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(frame.Data.Span));
        Assert.Equal(stream, Forward(frame, StreamFraming.BedrockChunks));
    }

    [Fact]
    public void Forward_TextBesideTheBytes_IsLeftOut()
    {
        var frame = Assert.Single(Read(Outer("chunk", """{"bytes":"eyJhIjoxfQ==","p":"my number is 12345678Z","note":{"x":["secret"]}}"""), StreamFraming.BedrockChunks));

        Assert.Equal(Outer("chunk", """{"bytes":"eyJhIjoxfQ=="}"""), Forward(frame, StreamFraming.BedrockChunks));
    }

    [Theory]
    [InlineData("""{"p":"abc"}""")]
    [InlineData("""{"bytes":"eyJhIjoxfQ==","bytes":"eyJhIjoyfQ=="}""")]
    [InlineData("""{"bytes":"not base64!"}""")]
    [InlineData("""{"bytes":{"a":1}}""")]
    [InlineData("""{"bytes":"eyJhIjoxfQ==","\ud800":1}""")]
    [InlineData("""["eyJhIjoxfQ=="]""")]
    [InlineData("""{"bytes":"eyJhIjoxfQ=="} {}""")]
    [InlineData("""{"bytes":"eyJhIjoxfQ==" """)]
    public void Read_AnythingButOneEvent_IsBrokenFraming(string payload)
    {
        using var reader = StreamFraming.BedrockChunks.CreateReader(1 << 20);
        reader.Append(Outer("chunk", payload));

        Assert.False(reader.TryRead(new StreamFrame()));
        Assert.Same(StreamProblem.BadFraming, reader.Problem);
        Assert.False(reader.TryRead(new StreamFrame()));
    }

    [Fact]
    public void Read_NamedEvent_GivesNameAndValue_AndAnyOtherObjectWhole()
    {
        var stream = Samples.Bytes(StreamFraming.BedrockChunks, """|{"messageStop":{"stopReason":"end_turn"}}""", """|{"a":{},"b":{}}""", """|{"a":1}""", """|{"!x":{}}""");

        var frames = Read(stream, StreamFraming.BedrockNamedChunks);

        Assert.Equal(
            ["""messageStop|{"stopReason":"end_turn"}""", """|{"a":{},"b":{}}""", """|{"a":1}""", """|{"!x":{}}"""],
            frames.Select(f => $"{Encoding.UTF8.GetString(f.Name.Span)}|{Encoding.UTF8.GetString(f.Data.Span)}"));
        Assert.Equal(stream, frames.SelectMany(f => Forward(f, StreamFraming.BedrockNamedChunks)).ToArray());
    }

    [Fact]
    public void Read_Exception_IsHandedOutAsItIs()
    {
        var stream = Outer("!throttlingException", """{"message":"slow down"}""");

        var frame = Assert.Single(Read(stream, StreamFraming.BedrockChunks));

        Assert.Equal("!throttlingException", Encoding.UTF8.GetString(frame.Name.Span));
        Assert.Equal(stream, Forward(frame, StreamFraming.BedrockChunks));
    }

    private static byte[] Outer(string type, string payload) => Samples.Bytes(StreamFraming.EventStream, $"{type}|{payload}");

    private static List<StreamFrame> Read(byte[] stream, StreamFraming framing)
    {
        var frames = new List<StreamFrame>();
        using var reader = framing.CreateReader(1 << 20);
        var frame = new StreamFrame();
        foreach (var one in stream)
        {
            // A byte at a time: frames arrive cut anywhere.
            reader.Append([one]);
            while (reader.TryRead(frame))
            {
                frames.Add(frame.Clone());
            }
        }

        Assert.Null(reader.Problem);
        return frames;
    }

    private static byte[] Forward(StreamFrame frame, StreamFraming framing)
    {
        var output = new ArrayBufferWriter<byte>();
        framing.CreateWriter().Forward(frame, output);
        return output.WrittenSpan.ToArray();
    }
}
