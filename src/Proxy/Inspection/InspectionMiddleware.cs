using System.Diagnostics;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Decisions;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.Configuration;
using EdgeFilter.Proxy.Identity;
using EdgeFilter.Proxy.Telemetry;
using EdgeFilter.Proxy.WireProtocols;
using EdgeFilter.Proxy.WireProtocols.Answers;
using EdgeFilter.Proxy.WireProtocols.Segments;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>
/// Stands in YARP's pipeline before a request is forwarded: identifies the client, reads the body strictly, judges it, edits it or
/// answers in its place. What is judged and what is sent on are the same bytes.
/// </summary>
internal sealed class InspectionMiddleware(
    RequestDelegate next, ClientDirectory clients, ProviderSet providers, ExchangeFactory exchanges, BodyFilter filter, EnvelopeFilter envelopes, McpHeaders mirrored, FileFilter files, BatchFilter batches,
    ClusterChoice clusters, DecisionRecorder recorder, IOptions<ProxyOptions> options, ILogger<InspectionMiddleware> logger)
{
    private readonly ProxyOptions options = options.Value;

    public async Task InvokeAsync(HttpContext context)
    {
        var id = RequestIds.Next(DateTimeOffset.UtcNow);
        var requestId = Exchange.RequestIdOf(id);
        var route = ProviderRoute.Of(context, providers);
        var answers = WireProtocolCatalog.AnswersOf(route.Family);

        // 1. Who asks.
        if (clients.Identify(context.Request) is not { } client)
        {
            await RefuseAsync(context, answers, Refusals.UnknownKey(requestId), "client.unknown", route.Prefix);
            return;
        }

        // 2. What for. What nobody has described is not forwarded, unless an operator says so.
        if (route.FindProtocol(context.Request.Method, out var modelInPath) is not { } protocol)
        {
            if (options.Pass.Find(pattern => NamePattern.Matches(pattern, route.Path)) is { } pass)
            {
                if (RequestFraming.Check(context.Request) is { } ambiguous)
                {
                    await RefuseAsync(context, answers, Fault.Of(ambiguous, requestId), ambiguous.Code, route.Prefix);
                    return;
                }

                logger.PassedUninspected(pass, route.Cluster, requestId);
                await ForwardAsync(context, answers, route, requestId);
                return;
            }

            await RefuseAsync(context, answers, Refusals.UnknownPath(requestId), "path.unknown", route.Prefix);
            return;
        }

        answers = protocol.Answers;
        if ((RequestFraming.Check(context.Request) ?? RequestFraming.CheckBody(context.Request, protocol)) is { } framing)
        {
            await RefuseAsync(context, answers, Fault.Of(framing, requestId), framing.Code, route.Template(protocol));
            return;
        }

        if (protocol.HasNoRequestBody)
        {
            var bodiless = exchanges.Create(id, client, route, protocol, modelInPath ?? "", false);
            TrafficFeature.Of(context).Exchange = bodiless;
            if (await SettleAsync(context, protocol, bodiless, new BodyVerdict(envelopes.Judge(context.Request, route.Path, bodiless), null), null))
            {
                await ForwardAsync(context, answers, route, requestId);
            }

            return;
        }

        // 3. Read, within limits and in one way only.
        var (bytes, problem) = await RequestBody.ReadAsync(context.Request, options, context.RequestAborted);
        using (bytes)
        {
            ReadOnlyMemory<byte>? judged;
            using (var body = JsonBody.Rent())
            {
                problem ??= RequestShape.Read(context.Request, bytes!.Bytes, protocol, body);
                if (problem is not null)
                {
                    await RefuseAsync(context, answers, Fault.Of(problem, requestId), problem.Code, route.Template(protocol));
                    return;
                }

                judged = await JudgeAsync(
                    context, exchanges.Create(id, client, route, protocol, protocol.ModelOf(body) ?? modelInPath ?? "", protocol.WantsStream(body)),
                    (part, model) => exchanges.Create(id, client, route, part, model, false), route.Path, protocol, body);
            }

            if (judged is { } toSend)
            {
                RequestBody.Replace(context.Request, toSend);
                await ForwardAsync(context, answers, route, requestId);
            }
        }
    }

    /// <returns>The bytes to send on; null when the client has been answered.</returns>
    private async Task<ReadOnlyMemory<byte>?> JudgeAsync(
        HttpContext context, Exchange exchange, Func<WireProtocol, string, Exchange> exchangeOf, string path, WireProtocol protocol, JsonBody body)
    {
        if (exchange.Sample is { } sample)
        {
            context.Response.RegisterForDispose(sample);
        }

        var started = Stopwatch.GetTimestamp();
        TrafficFeature.Of(context).Exchange = exchange;
        var splicer = new JsonSplicer(body);
        exchange.CalledTool = protocol.CalledTool < 0 ? "" : body.TextAt(protocol.CalledTool) ?? "";
        BodyVerdict verdict;
        using (var inspected = InspectedBody.Read(body))
        {
            foreach (var item in inspected.Coverage)
            {
                exchange.NoteUninspected(CoverageWords.Of(item));
            }

            // 4. Judge.
            try
            {
                verdict = filter.Judge(inspected, splicer, Direction.Prompt, exchange)
                    .And(new BodyVerdict(envelopes.Judge(context.Request, path, exchange), null))
                    .And(batches.Judge(body, protocol, splicer, exchange, exchangeOf));
                if (protocol.CalledTool >= 0)
                {
                    verdict = verdict.And(new BodyVerdict(mirrored.Judge(context.Request, exchange), null));
                }

                if (inspected.Files.Count > 0)
                {
                    verdict = verdict.And(files.Judge(inspected, splicer, exchange, exchangeOf, out var unread));
                    if (unread is not null)
                    {
                        await RefuseAsync(context, protocol.Answers, Fault.Of(unread, exchange.RequestId), unread.Code, exchange.Route);
                        return null;
                    }
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // A detector that fails must not let anything pass (law 4), and its message may hold what it failed on (law 3).
                TrafficFeature.Of(context).InspectionFailed = true;
                logger.InspectionFailed(error.GetType().Name, exchange.RequestId);
                await protocol.Answers.Error(Refusals.InspectionFailed(exchange.RequestId), body).WriteToAsync(context.Response, context.RequestAborted);
                return null;
            }
        }

        exchange.FilterTicks = Stopwatch.GetTimestamp() - started;
        if (!await SettleAsync(context, protocol, exchange, verdict, body))
        {
            return null;
        }

        // 7. Send on: the bytes that came, but for the strings that a decision changed.
        if (exchange.Provider?.Models.GetValueOrDefault(exchange.Model) is { } renamed && protocol.ModelLeaf(body) is var leaf and >= 0)
        {
            splicer.ReplaceAll(leaf, renamed);
        }

        if (!splicer.HasEdits)
        {
            return body.Bytes;
        }

        body.DropLengths(splicer);
        var changed = splicer.ToArray();
        if (RequestShape.HasChangedShape(context.Request, changed, protocol, body) is { } broken)
        {
            await RefuseAsync(context, protocol.Answers, Fault.Of(broken, exchange.RequestId), broken.Code, exchange.Route);
            return null;
        }

        return changed;
    }

    /// <summary>Chooses the provider, records what was decided, and answers in the provider's place where something blocks.</summary>
    /// <returns>True when the request may be forwarded.</returns>
    private async Task<bool> SettleAsync(HttpContext context, WireProtocol protocol, Exchange exchange, BodyVerdict verdict, JsonBody? body)
    {
        // 5. Who may have it: residency holds for requests without a body too.
        var blockedBy = verdict.BlockedBy ?? clusters.Apply(context, exchange, verdict.ReroutedBy);

        // 6. The record comes before what it records (law 9).
        if (!await recorder.RecordAsync(exchange, Direction.Prompt, exchange.Hits, blockedBy, blockedBy is null ? 0 : StatusCodes.Status400BadRequest, context.RequestAborted))
        {
            logger.NotRecorded(exchange.RequestId);
            await protocol.Answers.Error(Refusals.NotRecorded(exchange.RequestId), body).WriteToAsync(context.Response, context.RequestAborted);
            return false;
        }

        TimingHeader.Set(context.Response, exchange);
        if (blockedBy is { } rule)
        {
            logger.Decided(PolicyAction.Block, Direction.Prompt, exchange.Route, rule.Id, exchange.Hits.Sum(h => h.Hit.FindingCount), exchange.RequestId);
            var notice = Refusals.NoticeOf(rule, exchange.RequestId, context.Request.Headers.AcceptLanguage) with { AsEvents = context.Request.Query["alt"] == "sse" };
            if (verdict.Line > 0)
            {
                notice = notice with { Message = $"Line {verdict.Line} of the file: {notice.Message}" };
            }

            await protocol.Answers.BlockRequest(notice, body).WriteToAsync(context.Response, context.RequestAborted);
            return false;
        }

        context.Features.Set(new ExchangeFeature(exchange, protocol));
        context.Response.Headers["x-edgefilter-request-id"] = exchange.RequestId;
        return true;
    }

    private async Task ForwardAsync(HttpContext context, INativeAnswers answers, ProviderRoute route, string requestId)
    {
        if (context.Features.Get<ExchangeFeature>() is { } feature)
        {
            feature.Exchange.UpstreamStarted = Stopwatch.GetTimestamp();
        }

        await next(context);
        if (context.Features.Get<IForwarderErrorFeature>() is not { } failure || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var cluster = context.Features.Get<ExchangeFeature>()?.Exchange.Cluster ?? route.Cluster;
        logger.UpstreamFailed(cluster, $"{failure.Error} ({failure.Exception?.GetType().Name})", requestId);
        context.Response.Clear();
        var silent = failure.Error is ForwarderError.RequestTimedOut or ForwarderError.ResponseBodyCanceled;
        await answers.Error(silent ? Refusals.Silent(requestId) : Refusals.Unreachable(requestId)).WriteToAsync(context.Response, context.RequestAborted);
    }

    private async Task RefuseAsync(HttpContext context, INativeAnswers answers, Fault fault, string code, string route)
    {
        logger.Refused(route, code, fault.RequestId);
        await answers.Error(fault).WriteToAsync(context.Response, context.RequestAborted);
    }
}
