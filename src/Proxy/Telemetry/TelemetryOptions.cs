namespace EdgeFilter.Proxy.Telemetry;

/// <summary>Where metrics and traces go. They are read on the operators' address in any case: <c>/edgefilter/metrics</c>.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>Address of an OpenTelemetry collector, OTLP over HTTP: <c>http://collector:4318</c>.</summary>
    /// <value>The default is none. Headers and time limits are the exporter's own variables (<c>OTEL_EXPORTER_OTLP_HEADERS</c>).</value>
    public Uri? Otlp { get; set; }
}
