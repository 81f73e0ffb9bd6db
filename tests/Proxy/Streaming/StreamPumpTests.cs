using System.IO.Pipelines;
using System.Text;
using EdgeFilter.Proxy.Streaming;
using EdgeFilter.Proxy.Tests.Streaming.Fakes;

namespace EdgeFilter.Proxy.Tests.Streaming;

public class StreamPumpTests
{
    private static readonly string[] Events =
        [OpenAiChatStreamTests.Chunk(0, "a"), OpenAiChatStreamTests.Finish(0), "|[DONE]"];

    [Fact]
    public async Task RunAsync_WholeStream_IsCompleted()
    {
        var upstream = new ScriptedStream(Rewriting.Sse(Events));

        var (outcome, sent) = await Run(upstream);

        Assert.Equal(StreamEnd.Completed, outcome.End);
        Assert.Equal(Rewriting.Sse(Events), sent);
        Assert.Equal(sent.Length, outcome.BytesRead);
    }

    [Fact]
    public async Task RunAsync_ConnectionFails_EndsWithTheErrorEvent()
    {
        var upstream = new ScriptedStream(Rewriting.Sse(Events[0]), new IOException("reset"));

        var (outcome, sent) = await Run(upstream);

        Assert.Equal(StreamEnd.Failed, outcome.End);
        Assert.Same(StreamProblem.UpstreamFailed, outcome.Problem);
        Assert.Contains("stream-upstream-failed", sent);
    }

    [Fact]
    public async Task RunAsync_Blocked_RecordIsMadeBeforeTheLastBytesLeave()
    {
        var upstream = new ScriptedStream(Rewriting.Sse(OpenAiChatStreamTests.Chunk(0, "a"), OpenAiChatStreamTests.Chunk(0, "forbidden"), "|[DONE]"));
        var pipe = new Pipe();
        var sentBefore = "";

        var (outcome, sent) = await Run(upstream, pipe, status =>
        {
            Assert.Equal(StreamStatus.Blocked, status);
            sentBefore = pipe.Reader.TryRead(out var read) ? Encoding.UTF8.GetString(read.Buffer.FirstSpan) : "";
            pipe.Reader.AdvanceTo(read.Buffer.Start);
            return ValueTask.FromResult<string?>("Blocked.");
        });

        Assert.Equal(StreamEnd.Blocked, outcome.End);
        Assert.DoesNotContain("content_filter", sentBefore);
        Assert.Contains("Blocked.", sent);
        Assert.EndsWith("data: [DONE]\n\n", sent);
    }

    [Fact]
    public async Task RunAsync_QuietUpstream_IsKeptAliveAndThenGivenUp()
    {
        var upstream = new ScriptedStream(Rewriting.Sse(Events[0]), silent: true);
        var options = new StreamPumpOptions { KeepAliveAfter = TimeSpan.FromMilliseconds(20), GiveUpAfter = TimeSpan.FromMilliseconds(200) };

        var (outcome, sent) = await Run(upstream, options: options);

        Assert.Same(StreamProblem.UpstreamSilent, outcome.Problem);
        Assert.Contains(": keepalive\n\n", sent);
    }

    [Fact]
    public async Task RunAsync_ClientGone_StopsReading()
    {
        using var gone = new CancellationTokenSource();
        var upstream = new ScriptedStream(Rewriting.Sse(Events[0]), silent: true);
        gone.CancelAfter(50);

        var (outcome, _) = await Run(upstream, clientGone: gone.Token);

        Assert.Equal(StreamEnd.ClientGone, outcome.End);
    }

    [Fact]
    public async Task RunAsync_FilterThrows_FailsClosed()
    {
        var upstream = new ScriptedStream(Rewriting.Sse(Events));

        var (outcome, sent) = await Run(upstream, channels: new ThrowingChannels());

        Assert.Same(StreamProblem.FilterFailed, outcome.Problem);
        Assert.IsType<InvalidOperationException>(outcome.Failure);
        Assert.DoesNotContain("\"a\"", sent);
    }

    private static async Task<(StreamOutcome Outcome, string Sent)> Run(
        Stream upstream,
        Pipe? pipe = null,
        Func<StreamStatus, ValueTask<string?>>? beforeEnd = null,
        StreamPumpOptions? options = null,
        ITextChannelFactory? channels = null,
        CancellationToken clientGone = default)
    {
        pipe ??= new Pipe();
        using var rewriter = new StreamRewriter(OpenAiChatStream.Description, channels ?? new WordChannels());
        var pump = new StreamPump(upstream, pipe.Writer, rewriter, options);
        var outcome = await pump.RunAsync(beforeEnd ?? (_ => ValueTask.FromResult<string?>(null)), clientGone);
        await pipe.Writer.CompleteAsync();
        using var sent = new MemoryStream();
        await pipe.Reader.CopyToAsync(sent, CancellationToken.None);
        return (outcome, Encoding.UTF8.GetString(sent.ToArray()));
    }

    private sealed class ThrowingChannels : ITextChannelFactory
    {
        public ITextChannel Open(StreamChannel channel) => throw new InvalidOperationException("detector");
    }
}
