using System.Net.WebSockets;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Proxy.Configuration;
using EdgeFilter.Proxy.Identity;
using EdgeFilter.Proxy.Inspection;
using EdgeFilter.Proxy.Streaming;
using EdgeFilter.Proxy.Telemetry;
using EdgeFilter.Proxy.WireProtocols;
using EdgeFilter.Proxy.WireProtocols.Answers;
using Microsoft.Extensions.Options;

namespace EdgeFilter.Proxy.Sockets;

/// <summary>
/// Takes WebSockets out of YARP's hands, which would pass them as a tunnel that nobody looks into: identifies the client, opens the
/// provider's end, and relays what may pass. Compression is offered to neither side.
/// </summary>
internal sealed class SocketMiddleware(
    RequestDelegate next, ClientDirectory clients, ProviderSet providers, ExchangeFactory exchanges, EnvelopeFilter envelopes, ClusterChoice clusters, DecisionRecorder recorder,
    ProviderSocket upstream, SocketRelay relay, IOptions<ProxyOptions> options, ILogger<SocketMiddleware> logger)
{
    // No HTTP method looks like this, so no request is taken for a socket.
    private const string Method = "ws:";

    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PongWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(60);

    private readonly ProxyOptions options = options.Value;

    public Task InvokeAsync(HttpContext context) => context.WebSockets.IsWebSocketRequest ? OpenAsync(context) : next(context);

    private async Task OpenAsync(HttpContext context)
    {
        var id = RequestIds.Next(DateTimeOffset.UtcNow);
        var requestId = Exchange.RequestIdOf(id);
        var route = ProviderRoute.Of(context, providers);
        var answers = WireProtocolCatalog.AnswersOf(route.Family);

        // 1. Who asks, and what for: as for any request.
        if (clients.Identify(context.Request) is not { } client)
        {
            await RefuseAsync(context, answers, Refusals.UnknownKey(requestId), "client.unknown", route.Prefix);
            return;
        }

        if (WireProtocolCatalog.Find(route.Family, Method, route.Path, out _) is not { } protocol || StreamCatalog.Socket(protocol.Id) is not { } events)
        {
            await RefuseAsync(context, answers, Refusals.UnknownPath(requestId), "path.unknown", route.Prefix);
            return;
        }

        if (RequestFraming.Check(context.Request) is { } framing)
        {
            await RefuseAsync(context, answers, Fault.Of(framing, requestId), framing.Code, route.Template(protocol));
            return;
        }

        if (MayBeForeignPage(context.Request, route.Provider))
        {
            await RefuseAsync(context, answers, Refusals.ForeignPage(requestId), "origin.unknown", route.Template(protocol));
            return;
        }

        // 2. Who may have it.
        var exchange = exchanges.Create(id, client, route, protocol, context.Request.Query["model"].ToString(), isStreamed: true);
        TrafficFeature.Of(context).Exchange = exchange;
        if (!await SettleAsync(context, protocol, exchange, envelopes.Judge(context.Request, route.Path, exchange)))
        {
            return;
        }

        // 3. The provider's end first: a refusal of its own can still be an HTTP answer.
        var (socket, status) = await upstream.ConnectAsync(context, exchange.Provider, route.Path, QueryOf(context.Request, exchange));
        if (socket is null)
        {
            logger.UpstreamFailed(exchange.Cluster, $"WebSocket {status}", requestId);
            var fault = Refusals.Unreachable(requestId);
            var answer = protocol.Answers.Error(fault);
            await (status >= 400 ? answer with { Status = status } : answer).WriteToAsync(context.Response, context.RequestAborted);
            return;
        }

        // 4. The client's.
        context.Features.Set(new ExchangeFeature(exchange, protocol));
        using var provider = new SocketPeer(socket, options.MaxResponseBytes, SendTimeout);
        context.Response.Headers["x-edgefilter-request-id"] = requestId;
        using var peer = new SocketPeer(
            await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
            {
                SubProtocol = socket.SubProtocol, KeepAliveInterval = PingEvery, KeepAliveTimeout = PongWithin,
            }),
            options.MaxRequestBytes,
            SendTimeout);
        var session = new SocketSession(exchange, client, route, protocol, events, AnswersOf(protocol), context.Request.Headers.AcceptLanguage.ToString());
        await relay.RunAsync(session, peer, provider, context.RequestAborted);
    }

    private static ISocketAnswers AnswersOf(WireProtocol protocol) =>
        protocol.Id == "gemini.live" ? new GeminiSocketAnswers() : new OpenAiSocketAnswers(isRealtime: protocol.Id == "openai.realtime");

    /// <summary>The query as the provider gets it: the model by the provider's name for it, and no key that is not for the provider.</summary>
    private string QueryOf(HttpRequest request, Exchange exchange)
    {
        var renamed = exchange.Provider?.Models.GetValueOrDefault(exchange.Model);
        var keepsKey = !clients.RequiresKey && exchange.Provider?.Key is null;
        if (renamed is null && (keepsKey || !request.Query.Keys.Any(HeaderKinds.IsSecretParameter)))
        {
            return request.QueryString.Value ?? "";
        }

        return QueryString.Create(request.Query
            .Where(q => keepsKey || !HeaderKinds.IsSecretParameter(q.Key))
            .Select(q => KeyValuePair.Create(q.Key, renamed is not null && q.Key == "model" ? renamed : q.Value.ToString()))!).Value ?? "";
    }

    // Browsers let any page open a socket to anywhere. Where no key is asked for and the proxy adds its own, that page would speak
    // at the operator's expense.
    private bool MayBeForeignPage(HttpRequest request, Provider? provider) =>
        !clients.RequiresKey && provider?.Key is not null && request.Headers.Origin.Count > 0;

    /// <returns>True when the session may be opened.</returns>
    private async Task<bool> SettleAsync(HttpContext context, WireProtocol protocol, Exchange exchange, CompiledRule? blockedBy)
    {
        if ((blockedBy ?? clusters.Apply(context, exchange, reroutedBy: null)) is not { } rule)
        {
            return true;
        }

        if (!await recorder.RecordAsync(exchange, Direction.Prompt, exchange.Hits, rule, StatusCodes.Status400BadRequest, context.RequestAborted))
        {
            logger.NotRecorded(exchange.RequestId);
            await protocol.Answers.Error(Refusals.NotRecorded(exchange.RequestId)).WriteToAsync(context.Response, context.RequestAborted);
            return false;
        }

        logger.Decided(PolicyAction.Block, Direction.Prompt, exchange.Route, rule.Id, 0, exchange.RequestId);
        var notice = Refusals.NoticeOf(rule, exchange.RequestId, context.Request.Headers.AcceptLanguage);
        await protocol.Answers.BlockRequest(notice).WriteToAsync(context.Response, context.RequestAborted);
        return false;
    }

    private async Task RefuseAsync(HttpContext context, INativeAnswers answers, Fault fault, string code, string route)
    {
        logger.Refused(route, code, fault.RequestId);
        await answers.Error(fault).WriteToAsync(context.Response, context.RequestAborted);
    }
}
