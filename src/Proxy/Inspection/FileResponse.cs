using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Decisions;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.Configuration;
using EdgeFilter.Proxy.WireProtocols;
using EdgeFilter.Proxy.WireProtocols.Segments;
using Microsoft.Extensions.Options;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>
/// Filters stored files on their way to the client, and sound and pictures made by a model. JSON Lines are filtered line by line as
/// they come, however long the file; other text is held and filtered as one; bytes that are no text pass, named in the coverage.
/// </summary>
internal sealed class FileResponse(
    WholeResponse whole, LineFilter lines, DecisionRecorder recorder, IOptions<ProxyOptions> options, TimeProvider clock, ILogger<FileResponse> logger)
{
    private const int WriteSize = 64 * 1_024;

    private static readonly BodyProblem LineTooLong = new("lines.too-long", "A line of the file is longer than this proxy inspects.");
    private static readonly BodyProblem NotText = new("lines.not-text", "A line of the file is no text.");

    private readonly ProxyOptions options = options.Value;

    public async Task FilterAsync(HttpContext context, HttpResponseMessage upstream, ExchangeFeature feature)
    {
        if (upstream.Content.Headers.ContentEncoding.Count > 0)
        {
            // Nobody asked for a coding: it is undone where whole answers are.
            await whole.FilterAsync(context, upstream, feature);
            return;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        try
        {
            var reader = PipeReader.Create(await upstream.Content.ReadAsStreamAsync(context.RequestAborted));
            var begin = await BeginningAsync(reader, patience);
            if (!PlainText.IsTextSoFar(begin) && !MayBeTextUnread(begin, feature.Protocol))
            {
                await PassAsync(context, upstream, feature, reader, begin);
            }
            else if (feature.Protocol.AnswerKind == AnswerKind.File && LineFilter.BeginsLikeLines(begin))
            {
                await FilterLinesAsync(context, feature, reader, patience);
            }
            else
            {
                await whole.FilterAsync(context, upstream, feature, reader.AsStream());
            }
        }
        catch (Exception error) when (!context.RequestAborted.IsCancellationRequested && error is IOException or HttpRequestException or OperationCanceledException)
        {
            logger.UpstreamFailed(feature.Exchange.Cluster, error.GetType().Name, feature.Exchange.RequestId);
            await EndAsync(context, feature);
        }
        catch (Exception error) when (!context.RequestAborted.IsCancellationRequested)
        {
            // A detector that fails lets nothing pass (law 4), and its message may hold what it failed on (law 3).
            logger.InspectionFailed(error.GetType().Name, feature.Exchange.RequestId);
            await EndAsync(context, feature);
        }
    }

    /// <summary>Looks at the first line, or as much as tells text from bytes, and leaves it in the reader.</summary>
    private async Task<byte[]> BeginningAsync(PipeReader reader, CancellationTokenSource patience)
    {
        while (true)
        {
            var read = await ReadAsync(reader, patience);
            var seen = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, MediaSignature.ProbeLength)).ToArray();
            var isEnough = read.IsCompleted || seen.Length == MediaSignature.ProbeLength || seen.Contains((byte)'\n');
            reader.AdvanceTo(read.Buffer.Start, isEnough ? read.Buffer.Start : read.Buffer.End);
            if (isEnough)
            {
                return seen;
            }
        }
    }

    private async Task FilterLinesAsync(HttpContext context, ExchangeFeature feature, PipeReader reader, CancellationTokenSource patience)
    {
        var exchange = feature.Exchange;
        context.Response.ContentLength = null;
        var output = new ArrayBufferWriter<byte>(WriteSize);
        var before = exchange.Hits.Count;
        using var filter = lines.Begin(exchange, context.Request.Headers.AcceptLanguage);
        while (true)
        {
            var read = await ReadAsync(reader, patience);
            var rest = read.Buffer;
            while (TryTakeLine(ref rest, read.IsCompleted, out var line))
            {
                var started = Stopwatch.GetTimestamp();
                var problem = Judge(filter, line, output);
                exchange.FilterTicks += Stopwatch.GetTimestamp() - started;
                if (problem is not null)
                {
                    await WithholdAsync(context, feature, problem);
                    return;
                }

                if (output.WrittenCount >= WriteSize && !await WriteAsync(context, exchange, filter, output, before))
                {
                    return;
                }
            }

            if (rest.Length > options.MaxResponseBytes)
            {
                await WithholdAsync(context, feature, LineTooLong);
                return;
            }

            reader.AdvanceTo(rest.Start, rest.End);
            if (!await WriteAsync(context, exchange, filter, output, before))
            {
                return;
            }

            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    private static BodyProblem? Judge(LineFilter.Run filter, ReadOnlySequence<byte> line, ArrayBufferWriter<byte> output)
    {
        var bytes = line.IsSingleSegment ? line.First : line.ToArray();
        return PlainText.IsText(bytes.Span) ? filter.Judge(bytes, output) : NotText;
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> rest, bool isEnd, out ReadOnlySequence<byte> line)
    {
        line = default;
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            var next = rest.GetPosition(1, end);
            line = rest.Slice(0, next);
            rest = rest.Slice(next);
            return true;
        }

        if (!isEnd || rest.IsEmpty)
        {
            return false;
        }

        line = rest;
        rest = rest.Slice(rest.End);
        return true;
    }

    /// <summary>Writes filtered lines once what they gave rise to is durable (law 9).</summary>
    /// <returns>False when the record is nowhere: the answer ends.</returns>
    private async Task<bool> WriteAsync(HttpContext context, Exchange exchange, LineFilter.Run filter, ArrayBufferWriter<byte> output, int before)
    {
        var hits = exchange.Hits.Skip(before).ToArray();
        var blockedBy = filter.TakeBlock();
        if (!await recorder.RecordAsync(exchange, Direction.Output, hits, blockedBy, context.Response.StatusCode, CancellationToken.None))
        {
            logger.NotRecorded(exchange.RequestId);
            context.Abort();
            return false;
        }

        if (blockedBy is not null)
        {
            logger.Decided(PolicyAction.Block, Direction.Output, exchange.Route, blockedBy.Id, hits.Sum(h => h.Hit.FindingCount), exchange.RequestId);
        }

        exchange.Forget(before);
        if (output.WrittenCount > 0)
        {
            await context.Response.Body.WriteAsync(output.WrittenMemory, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            output.ResetWrittenCount();
        }

        return true;
    }

    // Text in an encoding that is not read here is withheld, as one odd byte further on would be; it must not pass for a file of numbers.
    private static bool MayBeTextUnread(byte[] begin, WireProtocol protocol) =>
        protocol.AnswerKind == AnswerKind.File && MediaSignature.TypeOf(begin) is null && GuessedText.EncodingOf(begin) is not null;

    private async Task PassAsync(HttpContext context, HttpResponseMessage upstream, ExchangeFeature feature, PipeReader reader, byte[] begin)
    {
        var exchange = feature.Exchange;
        var type = MediaSignature.TypeOf(begin);
        var kind = SegmentReader.CoverageOf(feature.Protocol.AnswerKind == AnswerKind.Media ? MediaKind.Audio : MediaKind.File, type);
        exchange.NoteUninspected(CoverageWords.Of(kind, type));
        var before = exchange.Hits.Count;
        var part = new UninspectedPart(kind, upstream.Content.Headers.ContentLength ?? -1, type);
        var verdict = PartFilter.Apply(part, Direction.Output, exchange, clock.GetUtcNow(), "", _ => false);
        exchange.Sample?.Complete(Direction.Output, label: null);
        var hits = exchange.Hits.Skip(before).ToArray();
        if (!await recorder.RecordAsync(exchange, Direction.Output, hits, verdict.BlockedBy, context.Response.StatusCode, context.RequestAborted))
        {
            logger.NotRecorded(exchange.RequestId);
            context.Response.ContentLength = null;
            await feature.Protocol.Answers.Error(Refusals.NotRecorded(exchange.RequestId)).WriteToAsync(context.Response, context.RequestAborted);
        }
        else if (verdict.BlockedBy is { } rule)
        {
            logger.Decided(PolicyAction.Block, Direction.Output, exchange.Route, rule.Id, 0, exchange.RequestId);
            await feature.Protocol.Answers.BlockResponse(Refusals.NoticeOf(rule, exchange.RequestId, context.Request.Headers.AcceptLanguage))
                .WriteToAsync(context.Response, context.RequestAborted);
        }
        else
        {
            await reader.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }

    // Silence ends an answer as it does elsewhere; every piece that comes starts the clock again.
    private async Task<ReadResult> ReadAsync(PipeReader reader, CancellationTokenSource patience)
    {
        patience.CancelAfter(options.UpstreamIdleTimeout);
        return await reader.ReadAsync(patience.Token);
    }

    private async Task WithholdAsync(HttpContext context, ExchangeFeature feature, BodyProblem problem)
    {
        logger.AnswerWithheld(feature.Exchange.Cluster, problem.Code, feature.Exchange.RequestId);
        await EndAsync(context, feature);
    }

    // A file that stops short must not look complete.
    private static async Task EndAsync(HttpContext context, ExchangeFeature feature)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.ContentLength = null;
        await feature.Protocol.Answers.Error(Refusals.Uninspectable(feature.Exchange.RequestId)).WriteToAsync(context.Response, context.RequestAborted);
    }
}
