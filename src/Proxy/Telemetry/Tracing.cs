using System.Diagnostics;
using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.Telemetry;

/// <summary>
/// One span an exchange, of a source of our own: the framework's spans name raw paths and queries, and these hold keys and content.
/// </summary>
internal static class Tracing
{
    public const string SourceName = "EdgeFilter";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins the span under the client's, where it names one (W3C <c>traceparent</c>); null while nobody listens.</summary>
    public static Activity? Begin(HttpRequest request)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        // A second parent, or one that is none, begins a trace of its own. The state that comes with it is the client's text: left out.
        _ = ActivityContext.TryParse(request.Headers.TraceParent.Count == 1 ? request.Headers.TraceParent.ToString() : null, null, isRemote: true, out var parent);
        return Source.StartActivity("edgefilter.exchange", ActivityKind.Server, parent);
    }

    public static void End(Activity? span, in MeasuredRequest request)
    {
        if (span is null)
        {
            return;
        }

        span.SetTag("edgefilter.outcome", Words.Of(request.Outcome));
        span.SetTag("edgefilter.protocol", request.Protocol);
        span.SetTag("edgefilter.cluster", request.Cluster);
        span.SetTag("edgefilter.request_id", request.RequestId);
        span.SetTag("edgefilter.streamed", request.Streamed);
        span.SetTag("edgefilter.filter_us", (long)request.Filter.TotalMicroseconds);
        span.SetTag("http.route", request.Route);
        span.SetTag("http.response.status_code", request.Status);
        if (request.Outcome is RequestOutcome.InspectionFailed or RequestOutcome.UpstreamFailed)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
