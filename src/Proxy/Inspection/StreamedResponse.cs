using System.Buffers;
using System.Diagnostics;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Filtering;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Bodies.Coding;
using EdgeFilter.Proxy.Configuration;
using EdgeFilter.Proxy.Streaming;
using Microsoft.Extensions.Options;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>Filters answers that come as a stream. What a record is about is not shown before the record is durable.</summary>
internal sealed class StreamedResponse(
    IValueHasher hasher, EvidenceSealer sealer, DecisionRecorder recorder, OwnLinks links, IOptions<ProxyOptions> options, TimeProvider clock,
    ILogger<StreamedResponse> logger)
{
    private const int ReadSize = 16 * 1_024;

    /// <summary>Silence after which a reader is told that the connection is alive.</summary>
    private static readonly TimeSpan KeepAliveAfter = TimeSpan.FromSeconds(15);

    private readonly ProxyOptions options = options.Value;

    public async Task FilterAsync(HttpContext context, HttpResponseMessage upstream, ExchangeFeature feature, StreamDescription description)
    {
        var exchange = feature.Exchange;
        var channels = new PolicyTextChannels(exchange, hasher, sealer, clock);
        var holdCalls = exchange.Policy.PlanFor(Direction.Output, SegmentRole.ToolArguments).MayChange;
        using var rewriter = new StreamRewriter(description, channels, new StreamRewriterOptions { HoldToolCalls = holdCalls, Link = link => links.Of(context, link) });
        var output = new ArrayBufferWriter<byte>(ReadSize);
        var buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
        Prepare(context.Response);
        TimingHeader.Set(context.Response, exchange);
        try
        {
            await using var coded = await upstream.Content.ReadAsStreamAsync(context.RequestAborted);
            var (stream, problem) = await DecodedStream.OpenAsync(coded, new([.. upstream.Content.Headers.ContentEncoding]), context.RequestAborted);
            if (stream is null)
            {
                logger.AnswerWithheld(exchange.Cluster, problem!.Code, exchange.RequestId);
                await feature.Protocol.Answers.Error(Refusals.Uninspectable(exchange.RequestId)).WriteToAsync(context.Response, context.RequestAborted);
                return;
            }

            await using var plain = stream;
            while (rewriter.Status == StreamStatus.Open)
            {
                var read = await ReadAsync(stream, buffer, rewriter, output, context, feature.Protocol.MayBeSilent ? TimeSpan.MaxValue : options.UpstreamIdleTimeout);
                var started = Stopwatch.GetTimestamp();
                if (read >= 0)
                {
                    Advance(rewriter, buffer.AsSpan(0, read), output);
                }

                exchange.FilterTicks += Stopwatch.GetTimestamp() - started;
                await FlushAsync(context, rewriter, channels, exchange, output);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            await FailAsync(context, rewriter, output, exchange, error);
        }
        finally
        {
            Array.Clear(buffer);
            ArrayPool<byte>.Shared.Return(buffer);
            output.Clear();
            if (rewriter.Status is not (StreamStatus.Ended or StreamStatus.Failed))
            {
                // A block, or a client that left: nobody reads the rest, and the provider need not write it.
                upstream.Dispose();
            }
        }

        channels.CompleteSample();
        await recorder.RecordAsync(exchange, Direction.Output, channels.TakeNewHits(atEnd: true), null, context.Response.StatusCode, CancellationToken.None);
    }

    private static void Advance(StreamRewriter rewriter, ReadOnlySpan<byte> bytes, ArrayBufferWriter<byte> output)
    {
        if (bytes.IsEmpty)
        {
            rewriter.Complete(output);
        }
        else
        {
            rewriter.Append(bytes, output);
        }
    }

    /// <returns>Bytes read, 0 at the end, -1 when the stream has failed.</returns>
    private async Task<int> ReadAsync(Stream stream, byte[] buffer, StreamRewriter rewriter, ArrayBufferWriter<byte> output, HttpContext context, TimeSpan patience)
    {
        var reading = stream.ReadAsync(buffer, context.RequestAborted);
        if (reading.IsCompleted)
        {
            return await reading;
        }

        var pending = reading.AsTask();
        var waited = TimeSpan.Zero;
        while (true)
        {
            try
            {
                return await pending.WaitAsync(KeepAliveAfter, clock, context.RequestAborted);
            }
            catch (TimeoutException)
            {
                waited += KeepAliveAfter;
                if (waited >= patience)
                {
                    rewriter.Fail(StreamProblem.UpstreamSilent, output);
                    return -1;
                }

                rewriter.WriteKeepAlive(output);
                await WriteAsync(context, output);
            }
        }
    }

    private async Task FlushAsync(HttpContext context, StreamRewriter rewriter, PolicyTextChannels channels, Exchange exchange, ArrayBufferWriter<byte> output)
    {
        var before = exchange.Hits.Count;
        var stoppedBy = rewriter.Coverage == StreamCoverage.Full ? null : JudgeParts(rewriter, exchange, output);
        SegmentHit[] hits = [.. channels.TakeNewHits(atEnd: false), .. exchange.Hits.Skip(before)];
        var blockedBy = rewriter.Status == StreamStatus.Blocked ? channels.BlockedBy ?? stoppedBy : null;
        if (hits.Length > 0 || blockedBy is not null)
        {
            if (!await recorder.RecordAsync(exchange, Direction.Output, hits, blockedBy, context.Response.StatusCode, CancellationToken.None))
            {
                logger.NotRecorded(exchange.RequestId);
                output.ResetWrittenCount();
                rewriter.Fail(StreamProblem.UpstreamFailed, output);
            }
            else if (blockedBy is not null)
            {
                logger.Decided(PolicyAction.Block, Direction.Output, exchange.Route, blockedBy.Id, hits.Sum(h => h.Hit.FindingCount), exchange.RequestId);
                rewriter.WriteBlock(Refusals.NoticeOf(blockedBy, exchange.RequestId, context.Request.Headers.AcceptLanguage).Message, output);
            }
        }

        if (rewriter.Problem is { } problem)
        {
            logger.AnswerWithheld(exchange.Cluster, problem.Code, exchange.RequestId);
        }

        await WriteAsync(context, output);
    }

    /// <summary>Judges what the stream carries beside text, when that is first seen. What it came with is not shown if it stops the stream.</summary>
    private CompiledRule? JudgeParts(StreamRewriter rewriter, Exchange exchange, ArrayBufferWriter<byte> output)
    {
        CompiledRule? stoppedBy = null;
        foreach (var word in StreamCoverageWords.Of(rewriter.Coverage))
        {
            exchange.NoteUninspected(word);
        }

        foreach (var part in StreamCoverageWords.PartsOf(rewriter.Coverage & ~exchange.JudgedCoverage))
        {
            stoppedBy ??= PartFilter.Apply(part, Direction.Output, exchange, clock.GetUtcNow(), "stream", _ => false).BlockedBy;
        }

        exchange.JudgedCoverage = rewriter.Coverage;
        if (stoppedBy is not null && rewriter.Status is StreamStatus.Open or StreamStatus.Ended)
        {
            output.ResetWrittenCount();
            rewriter.Block();
        }

        return stoppedBy;
    }

    private async Task FailAsync(HttpContext context, StreamRewriter rewriter, ArrayBufferWriter<byte> output, Exchange exchange, Exception error)
    {
        logger.UpstreamFailed(exchange.Cluster, error.GetType().Name, exchange.RequestId);
        output.ResetWrittenCount();
        rewriter.Fail(error switch
        {
            IOException or HttpRequestException => StreamProblem.UpstreamFailed,
            InvalidDataException => StreamProblem.BadFraming,
            _ => StreamProblem.FilterFailed,
        }, output);
        await WriteAsync(context, output);
    }

    private static void Prepare(HttpResponse response)
    {
        response.ContentLength = null;
        response.Headers.ContentEncoding = default;
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
    }

    private static async Task WriteAsync(HttpContext context, ArrayBufferWriter<byte> output)
    {
        if (output.WrittenCount > 0)
        {
            await context.Response.Body.WriteAsync(output.WrittenMemory, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            output.ResetWrittenCount();
        }
    }
}
