using System.Buffers;
using System.Text;
using EdgeFilter.Proxy.Streaming;
using EdgeFilter.Proxy.Tests.Streaming.Fakes;

namespace EdgeFilter.Proxy.Tests.Streaming;

/// <summary>Hostile upstreams: whatever they send, nothing throws, the client gets whole frames, and memory stays bounded.</summary>
public class StreamFuzzTests
{
    // A long run: EDGEFILTER_FUZZ_RUNS=1000000 dotnet test tests/Proxy --filter StreamFuzzTests
    private static readonly int Runs = int.TryParse(Environment.GetEnvironmentVariable("EDGEFILTER_FUZZ_RUNS"), out var runs) ? runs : 1000;

    public static TheoryData<string> Protocols => [.. StreamCatalog.All.Select(d => d.Id)];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Append_DamagedStreams_NeverThrowAndEndProperly(string protocol)
    {
        var description = StreamCatalog.All.Single(d => d.Id == protocol);
        for (var seed = 0; seed < Runs; seed++)
        {
            var random = new Random(seed);
            var stream = Damage(random, Samples.Bytes(description.Framing, Samples.With(protocol, "a s", "ecret", " b", "sec")));
            using var rewriter = new StreamRewriter(description, new WordChannels(), new StreamRewriterOptions { HoldToolCalls = random.Next(4) > 0 });
            var output = new ArrayBufferWriter<byte>();

            for (var at = 0; at < stream.Length;)
            {
                var length = Math.Min(stream.Length - at, random.Next(1, 200));
                rewriter.Append(stream.AsSpan(at, length), output);
                at += length;
            }

            var status = rewriter.Complete(output);
            if (status == StreamStatus.Blocked)
            {
                rewriter.WriteBlock(null, output);
            }

            Assert.NotEqual(StreamStatus.Open, rewriter.Status);
            Assert.InRange(output.WrittenCount, 0, (stream.Length * 2) + 4096);
            AssertReadable(description.Framing, output.WrittenSpan, seed);
        }
    }

    [Fact]
    public void Append_CallThatNeverEnds_IsGivenUpWithinTheLimit()
    {
        var options = new StreamRewriterOptions { MaxHeldLength = 10_000 };
        using var rewriter = new StreamRewriter(OpenAiChatStream.Description, new WordChannels(), options);
        var output = new ArrayBufferWriter<byte>();
        var fragment = Encoding.UTF8.GetBytes(Rewriting.Sse(OpenAiChatStreamTests.Call(0, """{"index":0,"function":{"arguments":"x"}}""")));

        for (var i = 0; i < 1000; i++)
        {
            rewriter.Append(fragment, output);
        }

        Assert.Same(StreamProblem.TooMuchHeld, rewriter.Problem);
    }

    [Fact]
    public void Append_TextsWithoutEnd_AreGivenUpWithinTheLimit()
    {
        using var rewriter = new StreamRewriter(OpenAiChatStream.Description, new WordChannels(), new StreamRewriterOptions { MaxOpenChannels = 50 });
        var output = new ArrayBufferWriter<byte>();

        for (var choice = 0; choice < 100; choice++)
        {
            rewriter.Append(Encoding.UTF8.GetBytes(Rewriting.Sse(OpenAiChatStreamTests.Chunk(choice, "a"))), output);
        }

        Assert.Same(StreamProblem.TooManyChannels, rewriter.Problem);
    }

    private static byte[] Damage(Random random, byte[] stream)
    {
        var bytes = stream.ToList();
        for (var i = random.Next(1, 5); i > 0 && bytes.Count > 20; i--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(bytes.Count - at, random.Next(1, 40));
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length), length));
                    break;
                case 3:
                    bytes.InsertRange(at, "\r\n\r\n"u8.ToArray());
                    break;
                case 4:
                    bytes.InsertRange(at, "\"x\":{\"y\":[\"secret\"]},"u8.ToArray());
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    private static void AssertReadable(StreamFraming framing, ReadOnlySpan<byte> output, int seed)
    {
        var reader = framing.CreateReader(1 << 20);
        Framing.Frames.Read(reader, output);
        Assert.True(reader.Problem is null, $"seed {seed}: what the client gets is not whole: {reader.Problem}");
    }
}
