using System.Diagnostics;
using System.Net.WebSockets;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Filtering;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.Configuration;
using EdgeFilter.Proxy.Inspection;
using EdgeFilter.Proxy.Streaming;
using EdgeFilter.Proxy.WireProtocols.Segments;
using Microsoft.Extensions.Options;

namespace EdgeFilter.Proxy.Sockets;

/// <summary>
/// Passes messages between a client and a provider, each judged before it goes on: the client's one by one, as requests are; the
/// provider's by the streaming filter. What is found on one side never waits for the other. A message is in memory once for each
/// direction; a peer that does not read makes the other wait.
/// </summary>
internal sealed class SocketRelay(
    BodyFilter filter, ExchangeFactory exchanges, DecisionRecorder recorder, IValueHasher hasher, EvidenceSealer evidence, TimeProvider clock, IOptions<ProxyOptions> options,
    ILogger<SocketRelay> logger)
{
    private static readonly BodyProblem NotAnObject = new("json.not-an-object", "A message must be one JSON object.");

    /// <summary>Relays until one side closes or fails; then both are closed.</summary>
    public async Task RunAsync(SocketSession session, SocketPeer client, SocketPeer provider, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var judging = new Lock();
        var fromClient = PumpClientAsync(session, client, provider, judging, over.Token);
        var fromProvider = PumpProviderAsync(session, client, provider, judging, over.Token);
        var first = await Task.WhenAny(fromClient, fromProvider);
        var (status, reason) = await EndOfAsync(first, session);
        await Task.WhenAll(client.CloseAsync(status, reason).AsTask(), provider.CloseAsync(status, reason).AsTask());

        // Both answer, the one that ended the session to its own reader; who does not is cut off.
        var other = first == fromClient ? fromProvider : fromClient;
        await Task.WhenAll(
            (first == fromClient ? client : provider).AwaitGoodbyeAsync().AsTask(),
            Task.WhenAny(other, Task.Delay(SocketPeer.GoodbyePatience, clock, cancellation)));
        await over.CancelAsync();
        await EndOfAsync(other, session);
    }

    private async Task<(WebSocketCloseStatus Status, string Reason)> EndOfAsync(Task<(WebSocketCloseStatus, string)> pump, SocketSession session)
    {
        try
        {
            return await pump;
        }
        catch (OperationCanceledException)
        {
            return (WebSocketCloseStatus.NormalClosure, "");
        }
        catch (Exception error)
        {
            // Its message may hold what it failed on (law 3).
            logger.InspectionFailed(error.GetType().Name, session.Opening.RequestId);
            return (WebSocketCloseStatus.InternalServerError, "This session can't be inspected.");
        }
    }

    private async Task<(WebSocketCloseStatus, string)> PumpClientAsync(
        SocketSession session, SocketPeer client, SocketPeer provider, Lock judging, CancellationToken cancellation)
    {
        while (true)
        {
            var message = await client.ReceiveAsync(cancellation);
            if (message.Body is not { } received)
            {
                return Reason(message);
            }

            using (received)
            {
                if (!message.IsText)
                {
                    return (WebSocketCloseStatus.InvalidMessageType, "Only text messages are taken.");
                }

                var (judged, refusal) = await JudgeAsync(session, received.Bytes, judging, cancellation);
                if (!(judged is { } toSend ? await provider.SendAsync(toSend, cancellation) : await client.SendAsync(refusal!, cancellation)))
                {
                    return (WebSocketCloseStatus.EndpointUnavailable, "The other side is gone.");
                }
            }
        }
    }

    /// <returns>What the provider may have, or what the client is told instead.</returns>
    private async ValueTask<(ReadOnlyMemory<byte>? Judged, byte[]? Refusal)> JudgeAsync(
        SocketSession session, ReadOnlyMemory<byte> message, Lock judging, CancellationToken cancellation)
    {
        using var body = JsonBody.Rent();
        var problem = body.Read(message, session.Protocol.Request) ?? (body.ContainerCount > 0 && !body.Containers[0].IsArray ? null : NotAnObject);
        var exchange = session.Next(exchanges, problem is null ? session.Protocol.ModelOf(body) : null);
        if (problem is not null)
        {
            logger.Refused(exchange.Route, problem.Code, exchange.RequestId);
            return (null, session.Answers.Refuse(SocketEvent.IdOfEvent(message.Span), problem.Code, problem.Message));
        }

        var splicer = new JsonSplicer(body);
        BodyVerdict verdict;
        var started = Stopwatch.GetTimestamp();
        using (var inspected = InspectedBody.Read(body))
        {
            foreach (var item in inspected.Coverage)
            {
                exchange.NoteUninspected(CoverageWords.Of(item));
            }

            lock (judging)
            {
                verdict = filter.Judge(inspected, splicer, Direction.Prompt, exchange);
            }
        }

        exchange.FilterTicks = Stopwatch.GetTimestamp() - started;
        session.Spent(exchange.FilterTicks);

        // A session stays where it is: what may not go there does not go at all.
        var blockedBy = verdict.BlockedBy ?? verdict.ReroutedBy;
        if (!await recorder.RecordAsync(exchange, Direction.Prompt, exchange.Hits, blockedBy, blockedBy is null ? 0 : StatusCodes.Status400BadRequest, cancellation))
        {
            logger.NotRecorded(exchange.RequestId);
            return (null, session.Answers.Refuse(SocketEvent.IdOfEvent(message.Span), "not_recorded", Refusals.NotRecorded(exchange.RequestId).Message));
        }

        if (blockedBy is null)
        {
            if (exchange.Provider?.Models.GetValueOrDefault(exchange.Model) is { } renamed && session.Protocol.ModelLeaf(body) is var leaf and >= 0)
            {
                splicer.ReplaceAll(leaf, renamed);
            }

            return (splicer.HasEdits ? splicer.ToArray() : message, null);
        }

        logger.Decided(PolicyAction.Block, Direction.Prompt, exchange.Route, blockedBy.Id, exchange.Hits.Sum(h => h.Hit.FindingCount), exchange.RequestId);
        var notice = Refusals.NoticeOf(blockedBy, exchange.RequestId, session.Languages);
        return (null, session.Answers.Refuse(SocketEvent.IdOfEvent(message.Span), OpenAiSocketAnswers.Blocked, notice.Message));
    }

    private async Task<(WebSocketCloseStatus, string)> PumpProviderAsync(
        SocketSession session, SocketPeer client, SocketPeer provider, Lock judging, CancellationToken cancellation)
    {
        using var messages = new ServerMessages(session.Events, () => session.Next(exchanges), hasher, evidence, clock, (int)options.Value.MaxResponseBytes);
        while (true)
        {
            var message = await provider.ReceiveAsync(cancellation);
            if (message.Body is not { } received)
            {
                return Reason(message);
            }

            using (received)
            {
                var started = Stopwatch.GetTimestamp();
                lock (judging)
                {
                    messages.Take(received.Bytes.Span);
                }

                var spent = Stopwatch.GetTimestamp() - started;
                messages.Exchange.FilterTicks += spent;
                session.Spent(spent);
            }

            if (await SettleAsync(session, messages, client, provider, cancellation) is { } end)
            {
                return end;
            }
        }
    }

    /// <returns>Why the session ends; null when it goes on.</returns>
    private async ValueTask<(WebSocketCloseStatus, string)?> SettleAsync(
        SocketSession session, ServerMessages messages, SocketPeer client, SocketPeer provider, CancellationToken cancellation)
    {
        // 1. The record comes before what it is about.
        var exchange = messages.Exchange;
        var hits = messages.TakeNewHits();
        var blockedBy = messages.BlockedBy;
        if ((hits.Count > 0 || blockedBy is not null)
            && !await recorder.RecordAsync(exchange, Direction.Output, hits, blockedBy, StatusCodes.Status101SwitchingProtocols, CancellationToken.None))
        {
            logger.NotRecorded(exchange.RequestId);
            return (WebSocketCloseStatus.InternalServerError, "A decision can't be recorded right now.");
        }

        // 2. What may pass.
        foreach (var toSend in messages.TakeOutput())
        {
            if (!await client.SendAsync(toSend, cancellation))
            {
                return (WebSocketCloseStatus.EndpointUnavailable, "The other side is gone.");
            }
        }

        // 3. What may not.
        if (messages.Status == StreamStatus.Failed)
        {
            logger.AnswerWithheld(exchange.Cluster, messages.Problem!.Code, exchange.RequestId);
            return (WebSocketCloseStatus.InternalServerError, "The provider's answer can't be inspected.");
        }

        if (messages.Status == StreamStatus.Blocked)
        {
            logger.Decided(PolicyAction.Block, Direction.Output, exchange.Route, blockedBy?.Id ?? "", hits.Sum(h => h.Hit.FindingCount), exchange.RequestId);
            var said = blockedBy is null ? "This content is blocked by policy." : Refusals.NoticeOf(blockedBy, exchange.RequestId, session.Languages).Message;
            await client.SendAsync(session.Answers.RefuseOutput(said), cancellation);
            if (session.Answers.BlockEndsSession)
            {
                return (WebSocketCloseStatus.PolicyViolation, "This content is blocked by policy.");
            }

            if (messages.ResponseId is { } response)
            {
                await client.SendAsync(session.Answers.EndResponse(response), cancellation);
                if (session.Answers.CancelResponse(response) is { } cancel)
                {
                    await provider.SendAsync(cancel, cancellation);
                }
            }
        }

        messages.EndStretch();
        return messages.IsSpent ? (WebSocketCloseStatus.PolicyViolation, "Too many responses were blocked.") : null;
    }

    private static (WebSocketCloseStatus, string) Reason(SocketMessage message) => message.Status switch
    {
        WebSocketCloseStatus.MessageTooBig => (WebSocketCloseStatus.MessageTooBig, "The message is larger than this proxy inspects."),
        WebSocketCloseStatus.InvalidPayloadData => (WebSocketCloseStatus.InvalidPayloadData, "Text must be UTF-8."),
        WebSocketCloseStatus.Empty => (WebSocketCloseStatus.NormalClosure, ""),
        // What a peer gives as its reason is text of its own: the number is enough.
        { } status => (status, ""),
        null => (WebSocketCloseStatus.EndpointUnavailable, "The other side is gone."),
    };
}
