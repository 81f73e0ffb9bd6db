using EdgeFilter.Proxy.Configuration;
using EdgeFilter.Proxy.Routing;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EdgeFilter.Proxy.Telemetry;

/// <summary>Puts metrics and traces into the host, exported by OpenTelemetry's own libraries.</summary>
internal static class TelemetryRegistration
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() ?? new TelemetryOptions();
        services.AddMetrics();
        services.AddSingleton<ProxyMeters>();
        services.AddSingleton(provider => new TrafficWindow(provider.GetRequiredService<TimeProvider>(), LocalIn(provider.GetRequiredService<ProviderSet>())));
        services.AddSingleton(_ => Metrics(options));
        services.AddSingleton(_ => new TraceExport(options.Otlp is { } otlp ? Traces(otlp) : null));
        return services;
    }

    // A provider is local when it is labelled so, or stands on this machine.
    private static Func<string, bool> LocalIn(ProviderSet providers)
    {
        var local = providers.All
            .Where(provider => string.Equals(provider.Region, "local", StringComparison.OrdinalIgnoreCase) || provider.Addresses.All(address => address.IsLoopback))
            .Select(provider => ProviderRoutes.ClusterOf(provider.Name)).ToHashSet(StringComparer.Ordinal);
        return local.Contains;
    }

    private static MeterProvider Metrics(TelemetryOptions options)
    {
        var metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Resource()).AddMeter("System.Runtime").AddMeter(ProxyMeters.MeterName, EdgeFilter.Detection.Classifiers.Models.ModelGovernor.MeterName).AddPrometheusExporter();
        if (options.Otlp is { } otlp)
        {
            metrics.AddOtlpExporter(exporter => To(exporter, otlp, "v1/metrics"));
        }

        return metrics.Build();
    }

    private static TracerProvider Traces(Uri otlp) => Sdk.CreateTracerProviderBuilder()
        .SetResourceBuilder(Resource())
        .AddSource(Tracing.SourceName)
        .AddOtlpExporter(exporter => To(exporter, otlp, "v1/traces"))
        .Build();

    private static ResourceBuilder Resource() => ResourceBuilder.CreateEmpty().AddService("edgefilter");

    private static void To(OtlpExporterOptions exporter, Uri collector, string path)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri(collector.AbsoluteUri.TrimEnd('/') + "/" + path);
    }
}

/// <summary>Keeps the export of traces alive as long as the host; does nothing where none is configured.</summary>
internal sealed class TraceExport(TracerProvider? provider) : IDisposable
{
    public void Dispose() => provider?.Dispose();
}
