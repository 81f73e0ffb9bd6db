using System.Diagnostics;
using EdgeFilter.Proxy.Inspection;
using Yarp.ReverseProxy.Forwarder;

namespace EdgeFilter.Proxy.Telemetry;

/// <summary>Counts every request once it is over, and traces it: ids, durations and configured names only.</summary>
internal sealed class TrafficMiddleware(RequestDelegate next, ProxyMeters meters, TrafficWindow window)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var traffic = new TrafficFeature();
        context.Features.Set(traffic);
        using var span = Tracing.Begin(context.Request);
        meters.Began();
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var measured = Measure(context, traffic, Stopwatch.GetElapsedTime(started));
            meters.Ended(measured);
            window.Add(measured);
            Tracing.End(span, measured);
        }
    }

    private static MeasuredRequest Measure(HttpContext context, TrafficFeature traffic, TimeSpan whole)
    {
        var forwarded = context.Features.Get<ExchangeFeature>() is not null;
        var failed = context.Features.Get<IForwarderErrorFeature>()?.Error is { } error && !IsTheClients(error);
        var exchange = traffic.Exchange;
        return new MeasuredRequest
        {
            Outcome = traffic.InspectionFailed ? RequestOutcome.InspectionFailed
                : failed ? RequestOutcome.UpstreamFailed
                : forwarded ? RequestOutcome.Forwarded
                : exchange is not null ? RequestOutcome.Blocked
                : RequestOutcome.Refused,
            Protocol = exchange?.Protocol ?? "",
            Cluster = exchange?.Cluster ?? "",
            Route = exchange?.Route ?? "",
            Status = context.Response.StatusCode,
            Streamed = exchange?.IsStreamed ?? false,
            Filter = Stopwatch.GetElapsedTime(0, exchange?.FilterTicks ?? 0),
            Whole = whole,
            RequestId = exchange?.RequestId ?? "",
        };
    }

    private static bool IsTheClients(ForwarderError error) => error is ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled
        or ForwarderError.ResponseBodyCanceled or ForwarderError.UpgradeRequestCanceled or ForwarderError.RequestBodyClient or ForwarderError.ResponseBodyClient;
}
