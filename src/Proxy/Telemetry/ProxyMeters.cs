using System.Diagnostics.Metrics;
using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Policies;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Hosting;
using EdgeFilter.Proxy.Inspection;

namespace EdgeFilter.Proxy.Telemetry;

/// <summary>The proxy's metrics. Their labels are configured names and fixed words: never content, never what a client made up.</summary>
internal sealed class ProxyMeters
{
    public const string MeterName = "EdgeFilter";

    private readonly Counter<long> _requests;
    private readonly UpDownCounter<long> _open;
    private readonly Histogram<double> _filter;
    private readonly Histogram<double> _whole;
    private readonly Counter<long> _decisions;
    private readonly Counter<long> _watching;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _upstream;

    public ProxyMeters(IMeterFactory factory, BlockLogWriter log, PolicyStore policies, ModelsInForce models, DecisionFeed feed)
    {
        var meter = factory.Create(MeterName);
        _requests = meter.CreateCounter<long>("edgefilter.requests", "{request}", "Requests that are over, by outcome.");
        _open = meter.CreateUpDownCounter<long>("edgefilter.requests.open", "{request}", "Requests and streams that are open.");
        _filter = meter.CreateHistogram(
            "edgefilter.filter.duration", "s", "Time that the filter worked on an exchange.",
            tags: null, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1] });
        _whole = meter.CreateHistogram(
            "edgefilter.request.duration", "s", "From a request's beginning to its answer's end.",
            tags: null, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.001, .005, .01, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 120] });
        _decisions = meter.CreateCounter<long>("edgefilter.decisions", "{decision}", "Recorded decisions, by action.");
        _failures = meter.CreateCounter<long>("edgefilter.detector.failures", "{failure}", "Exchanges refused because a detector or model failed.");
        _upstream = meter.CreateCounter<long>("edgefilter.upstream.failures", "{failure}", "Exchanges that their provider failed.");
        meter.CreateObservableGauge("edgefilter.block_log.queue", () => log.QueueLength, "{record}", "Records that wait for their commit.");
        meter.CreateObservableGauge("edgefilter.block_log.spooled", () => log.Health.Spooled, "{record}", "Records that wait in the spool.");
        meter.CreateObservableGauge("edgefilter.block_log.ready", () => log.Health.IsReady ? 1 : 0, description: "1 while decisions can be recorded.");
        meter.CreateObservableGauge("edgefilter.policies.ready", () => policies.Status is { IsLoaded: true, FailedAt: null } ? 1 : 0, description: "1 while the policies in force are the newest ones.");
        meter.CreateObservableGauge("edgefilter.models.refused", () => models.Current.Models.Count(m => m.Refused is not null), "{model}", "Models that could not be loaded.");
        _watching = meter.CreateCounter<long>("edgefilter.shadow.decisions", "{decision}", "What rules that only watch would have done, by rule.");
        feed.Decided += Count;
    }

    public void Began() => _open.Add(1);

    public void Ended(in MeasuredRequest request)
    {
        var protocol = new KeyValuePair<string, object?>("protocol", request.Protocol.Length > 0 ? request.Protocol : "none");
        var streamed = new KeyValuePair<string, object?>("streamed", request.Streamed);
        _open.Add(-1);
        _requests.Add(1, protocol, streamed, new("outcome", Words.Of(request.Outcome)), new("cluster", request.Cluster), new("status", request.Status / 100 + "xx"));
        _whole.Record(request.Whole.TotalSeconds, protocol, streamed);
        if (request.Protocol.Length > 0)
        {
            _filter.Record(request.Filter.TotalSeconds, protocol, streamed);
        }

        if (request.Outcome == RequestOutcome.InspectionFailed)
        {
            _failures.Add(1, protocol);
        }

        if (request.Outcome == RequestOutcome.UpstreamFailed)
        {
            _upstream.Add(1, new KeyValuePair<string, object?>("cluster", request.Cluster));
        }
    }

    private void Count(BlockRecord record)
    {
        _decisions.Add(1, new("action", Words.Of(record.Action)), new("direction", Words.Of(record.Direction)), new("severity", Words.Of(record.Severity)));
        foreach (var shadow in record.Shadow)
        {
            _watching.Add(1, new("policy", shadow.Policy), new("rule", shadow.Rule), new("action", Words.Of(shadow.Action)));
        }
    }
}
