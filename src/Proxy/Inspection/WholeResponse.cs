using System.Diagnostics;
using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.Bodies.Coding;
using EdgeFilter.Proxy.Configuration;
using EdgeFilter.Proxy.Telemetry;
using EdgeFilter.Proxy.WireProtocols;
using EdgeFilter.Proxy.WireProtocols.Answers;
using EdgeFilter.Proxy.WireProtocols.Segments;
using EdgeFilter.Proxy.WireProtocols.Transcripts;
using Microsoft.Extensions.Options;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>Filters answers that come as one body, errors among them: an error may repeat the prompt.</summary>
internal sealed class WholeResponse(BodyFilter filter, DecisionRecorder recorder, OwnLinks links, IOptions<ProxyOptions> options, ILogger<WholeResponse> logger)
{
    private static readonly BodyProblem NotText = new("type.not-text", "The answer is neither JSON nor text.");

    private readonly ProxyOptions options = options.Value;

    /// <summary>Filters an answer.</summary>
    /// <param name="begun">What was read of it already, and the rest; null when nothing was.</param>
    public async Task FilterAsync(HttpContext context, HttpResponseMessage upstream, ExchangeFeature feature, Stream? begun = null)
    {
        var exchange = feature.Exchange;
        var answers = feature.Protocol.Answers;
        PooledBody? raw;
        try
        {
            await using var stream = begun ?? await upstream.Content.ReadAsStreamAsync(context.RequestAborted);
            raw = await PooledBody.ReadAsync(stream, upstream.Content.Headers.ContentLength, options.MaxResponseBytes, context.RequestAborted);
        }
        catch (Exception error) when (error is HttpRequestException or IOException && !context.RequestAborted.IsCancellationRequested)
        {
            logger.UpstreamFailed(exchange.Cluster, error.GetType().Name, exchange.RequestId);
            await AnswerAsync(context, answers.Error(Refusals.Unreachable(exchange.RequestId)));
            return;
        }

        var (bytes, problem) = raw is null
            ? (null, new BodyProblem("response.too-large", "The answer is larger than this proxy inspects."))
            : ContentCodings.Decode(raw, new([.. upstream.Content.Headers.ContentEncoding]), options.MaxResponseBytes);
        using (bytes)
        {
            if (problem is null && bytes!.Length == 0)
            {
                await context.Response.StartAsync(context.RequestAborted);
                return;
            }

            using var body = JsonBody.Rent();
            problem ??= Read(body, bytes!.Bytes, upstream, feature.Protocol);
            if (problem is not null)
            {
                // What can't be read can't be judged (law 4). An error keeps its status, so that clients treat it as what it is.
                logger.AnswerWithheld(exchange.Cluster, problem.Code, exchange.RequestId);
                var answer = answers.Error(Refusals.Uninspectable(exchange.RequestId));
                await AnswerAsync(context, (int)upstream.StatusCode >= 400 ? answer with { Status = (int)upstream.StatusCode } : answer);
                return;
            }

            await JudgeAsync(context, feature, body);
        }
    }

    /// <summary>Reads an answer as what it is: JSON, or a text where the protocol has answers that are one.</summary>
    private static BodyProblem? Read(JsonBody body, ReadOnlyMemory<byte> bytes, HttpResponseMessage upstream, WireProtocol protocol)
    {
        if (protocol.AnswerKind == AnswerKind.Json || !upstream.IsSuccessStatusCode || JsonContentType.Check(upstream.Content.Headers.ContentType?.ToString()) is null)
        {
            return body.Read(bytes, protocol.Response);
        }

        if (!PlainText.IsText(bytes.Span))
        {
            return NotText;
        }

        switch (protocol.AnswerKind)
        {
            case AnswerKind.Text:
                body.ReadTranscript(bytes, TranscriptTable.Text);
                return null;
            case AnswerKind.File:
                body.ReadText(bytes, FileTable.Document);
                return null;
            default:
                return NotText;
        }
    }

    private async Task JudgeAsync(HttpContext context, ExchangeFeature feature, JsonBody body)
    {
        var exchange = feature.Exchange;
        var answers = feature.Protocol.Answers;
        var started = Stopwatch.GetTimestamp();
        var splicer = new JsonSplicer(body);
        var before = exchange.Hits.Count;
        BodyVerdict verdict;
        using (var inspected = InspectedBody.Read(body))
        {
            foreach (var item in inspected.Coverage)
            {
                exchange.NoteUninspected(CoverageWords.Of(item));
            }

            try
            {
                verdict = filter.Judge(inspected, splicer, Direction.Output, exchange);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                TrafficFeature.Of(context).InspectionFailed = true;
                logger.InspectionFailed(error.GetType().Name, exchange.RequestId);
                await AnswerAsync(context, answers.Error(Refusals.InspectionFailed(exchange.RequestId)));
                return;
            }
        }

        exchange.FilterTicks += Stopwatch.GetTimestamp() - started;
        TimingHeader.Set(context.Response, exchange);
        var hits = exchange.Hits.Skip(before).ToArray();
        if (!await recorder.RecordAsync(exchange, Direction.Output, hits, verdict.BlockedBy, context.Response.StatusCode, context.RequestAborted))
        {
            logger.NotRecorded(exchange.RequestId);
            await AnswerAsync(context, answers.Error(Refusals.NotRecorded(exchange.RequestId)));
            return;
        }

        if (verdict.BlockedBy is { } rule)
        {
            logger.Decided(PolicyAction.Block, Direction.Output, exchange.Route, rule.Id, hits.Sum(h => h.Hit.FindingCount), exchange.RequestId);
            var notice = Refusals.NoticeOf(rule, exchange.RequestId, context.Request.Headers.AcceptLanguage);
            if (!answers.TryBlockOutput(body, splicer, -1, notice))
            {
                await AnswerAsync(context, answers.BlockResponse(notice));
                return;
            }
        }

        LeadBack(context, feature.Protocol, body, splicer);
        context.Response.Headers.ContentEncoding = default;
        var changed = splicer.HasEdits ? splicer.ToArray() : null;
        context.Response.ContentLength = changed?.Length ?? body.Bytes.Length;
        await context.Response.Body.WriteAsync(changed ?? body.Bytes, context.RequestAborted);
    }

    private void LeadBack(HttpContext context, WireProtocol protocol, JsonBody body, JsonSplicer splicer)
    {
        for (var i = 0; protocol.Links.Count > 0 && i < body.LeafCount; i++)
        {
            if (body.Leaves[i] is { Kind: JsonKind.String } leaf && protocol.Links.Contains(leaf.Field) && links.Of(context, body.Text(i)) is { } own)
            {
                splicer.ReplaceAll(i, own);
            }
        }
    }

    private static async Task AnswerAsync(HttpContext context, NativeAnswer answer)
    {
        context.Response.Headers.ContentEncoding = default;
        await answer.WriteToAsync(context.Response, context.RequestAborted);
    }
}
