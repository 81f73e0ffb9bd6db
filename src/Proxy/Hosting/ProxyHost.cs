using EdgeFilter.Policies.Candidates;
using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Candidates;
using EdgeFilter.Proxy.Configuration;
using EdgeFilter.Proxy.Inspection;
using EdgeFilter.Proxy.Review;
using EdgeFilter.Proxy.Sockets;
using EdgeFilter.Proxy.Telemetry;
using EdgeFilter.Proxy.WireProtocols;
using EdgeFilter.Proxy.WireProtocols.Answers;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Serilog.Extensions.Logging;

namespace EdgeFilter.Proxy.Hosting;

/// <summary>The running proxy: clients on one set of addresses, the operators' endpoints on another, never shared.</summary>
internal sealed class ProxyHost : IAsyncDisposable
{
    /// <summary>How long exchanges under way may take to end once a stop was asked for; less than service managers wait before they kill.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(25);

    private readonly WebApplication proxy;
    private readonly WebApplication admin;

    private ProxyHost(WebApplication proxy, WebApplication admin)
    {
        this.proxy = proxy;
        this.admin = admin;
    }

    /// <summary>How long an orderly stop may take in all: exchanges under way end, then the log is signed and shipped.</summary>
    public static TimeSpan LongestStop => Grace + TimeSpan.FromSeconds(20);

    public IServiceProvider Services => proxy.Services;

    /// <summary>Addresses for clients, with the ports that were really taken.</summary>
    public IReadOnlyCollection<string> Urls => [.. proxy.Urls];

    public IReadOnlyCollection<string> AdminUrls => [.. admin.Urls];

    /// <summary>Where the console's first account is made; null when there is one. As good as a password: for the terminal, for no log.</summary>
    public string? FirstAccountLink => ReviewConsole.FirstAccountLink(admin);

    /// <summary>Builds and starts everything; returns when it is ready.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="logToConsole">False where something else speaks on the terminal.</param>
    /// <exception cref="ConfigurationException">The configuration can't work.</exception>
    /// <exception cref="PolicyLoadException">The policies are unsound, and no earlier ones were kept.</exception>
    public static async Task<ProxyHost> StartAsync(IConfiguration configuration, bool logToConsole, CancellationToken cancellation = default)
    {
        var options = configuration.GetSection(ProxyOptions.Section).Get<ProxyOptions>() ?? new ProxyOptions();
        var logger = ProxyLogging.Create(configuration, logToConsole);
        var builder = NewBuilder(configuration, options);
        builder.Logging.AddProvider(new SerilogLoggerProvider(logger, dispose: true));

        // The framework would make a scope and an activity for each request as soon as anybody could log its errors. Its line would hold the
        // raw path; what goes wrong in a request is logged by the inspection, and by Kestrel.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Services.AddEdgeFilter(configuration);
        var proxy = builder.Build();
        Listen(proxy, options.Urls);
        var policies = proxy.Services.GetRequiredService<PolicyStore>();
        PolicyLog.Attach(policies, proxy.Services.GetRequiredService<EvidenceSealer>(), proxy.Services.GetRequiredService<ILoggerFactory>());
        policies.Load();
        proxy.Services.GetRequiredService<ModelsInForce>().Watch(policies);
        _ = proxy.Services.GetRequiredService<TraceExport>();
        policies.Watch();
        var candidates = proxy.Services.GetRequiredService<CandidateStore>();
        CandidateLog.Attach(candidates, proxy.Services.GetRequiredService<ILoggerFactory>());
        candidates.Watch();

        proxy.UseWebSockets();
        proxy.MapReverseProxy(pipeline =>
        {
            pipeline.UseMiddleware<TrafficMiddleware>();
            pipeline.UseMiddleware<SocketMiddleware>();
            pipeline.UseMiddleware<InspectionMiddleware>();
            pipeline.UseSessionAffinity();
            pipeline.UseLoadBalancing();
            pipeline.UsePassiveHealthChecks();
        });
        proxy.MapFallback(RefuseUnknownAsync);

        var admin = BuildAdmin(configuration, options, proxy.Services, logger);
        await proxy.StartAsync(cancellation);
        await admin.StartAsync(cancellation);
        return new ProxyHost(proxy, admin);
    }

    public Task WaitForShutdownAsync(CancellationToken cancellation = default) => proxy.WaitForShutdownAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await admin.DisposeAsync();
        await proxy.StopAsync();
        await proxy.DisposeAsync();
    }

    private static WebApplication BuildAdmin(IConfiguration configuration, ProxyOptions options, IServiceProvider proxy, Serilog.ILogger logger)
    {
        var builder = NewBuilder(configuration, options);
        builder.Logging.AddProvider(new SerilogLoggerProvider(logger));
        builder.Services.AddReviewConsole(configuration, proxy);
        var admin = builder.Build();
        Listen(admin, options.AdminUrls);
        admin.MapReviewConsole();
        OperationsEndpoints.Map(admin, proxy);
        CandidateEndpoint.Map(admin, proxy.GetRequiredService<CandidateStore>());
        PolicyChanges.Audit(proxy.GetRequiredService<PolicyStore>(), admin.Services.GetRequiredService<AuditTrail>());
        return admin;
    }

    private static void Listen(WebApplication host, string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            host.Urls.Add(url);
        }
    }

    private static WebApplicationBuilder NewBuilder(IConfiguration configuration, ProxyOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddConfiguration(configuration);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Grace);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        var certificate = TlsCertificate.From(options, TimeProvider.System);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            if (certificate is not null)
            {
                kestrel.ConfigureHttpsDefaults(certificate.Use);
            }

            kestrel.AddServerHeader = false;
            // The inspection answers in the protocol's own shape: Kestrel's own limit must not come first.
            kestrel.Limits.MaxRequestBodySize = options.MaxRequestBytes + 1;
            kestrel.Limits.MaxRequestHeadersTotalSize = 64 * 1_024;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(100, TimeSpan.FromSeconds(10));
            kestrel.AllowResponseHeaderCompression = false;
            CleartextHttp2.Use(kestrel);
        });
        return builder;
    }

    private static Task RefuseUnknownAsync(HttpContext context)
    {
        var requestId = Exchange.RequestIdOf(RequestIds.Next(DateTimeOffset.UtcNow));
        var family = context.Request.Path.StartsWithSegments("/anthropic", StringComparison.Ordinal)
            || context.Request.Path.StartsWithSegments("/v1/messages", StringComparison.Ordinal) ? "anthropic" : "openai";
        return WireProtocolCatalog.AnswersOf(family).Error(Refusals.UnknownPath(requestId)).WriteToAsync(context.Response, context.RequestAborted);
    }
}
