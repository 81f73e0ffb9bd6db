using EdgeFilter.Proxy.BlockLog;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace EdgeFilter.Proxy.Review;

/// <summary>
/// The console's own web server inside the proxy's process. A pipeline apart, so that no route of the one can ever be reached through
/// the other's port.
/// </summary>
internal sealed class AdminHost(IServiceProvider proxy, IOptions<AdminOptions> options, ILogger<AdminHost> logger) : IHostedService, IAsyncDisposable
{
    private const long MaxBody = 2 * 1024 * 1024;
    private WebApplication? _app;

    /// <summary>Where it listens, once started; empty when switched off.</summary>
    public IReadOnlyList<string> Addresses { get; private set; } = [];

    /// <summary>The address for the first account, null when there is one.</summary>
    public string? FirstAccountLink { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Urls.Length == 0)
        {
            return;
        }

        _app = Build();
        await _app.StartAsync(cancellationToken).ConfigureAwait(false);
        Addresses = [.. _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];
        logger.ConsoleListens(Addresses);
        var setup = _app.Services.GetRequiredService<SetupLink>();
        if (setup.IsNeeded && Addresses.Count > 0)
        {
            FirstAccountLink = $"{Addresses[0]}/{setup.Fragment}";

            // To whoever watches the start and nowhere else: a log file would keep the link.
            await Console.Out.WriteLineAsync($"The console's first account: {FirstAccountLink}").ConfigureAwait(false);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync().ConfigureAwait(false);
        }
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.Limits.MaxConcurrentConnections = 200;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        builder.WebHost.UseUrls(options.Value.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        AddServices(builder.Services);

        var app = builder.Build();
        app.UseMiddleware<SafeHeaders>();
        app.UseExceptionHandler(errors => errors.Run(Fail));
        app.UseRouting();
        app.UseMiddleware<AccessCheck>();
        PageFiles.Map(app);
        ActivatorUtilities.CreateInstance<SessionApi>(app.Services).Map(app);
        ActivatorUtilities.CreateInstance<OverviewApi>(app.Services).Map(app);
        ActivatorUtilities.CreateInstance<EventsApi>(app.Services).Map(app);
        ActivatorUtilities.CreateInstance<AccountsApi>(app.Services).Map(app);
        new PoliciesApi(
            app.Services.GetRequiredService<BlockLogReaders>(),
            proxy.GetRequiredService<IBlockLog>(),
            app.Services.GetRequiredService<AuditTrail>(),
            proxy.GetService<IConsoleFacts>(),
            proxy.GetService<ITryPolicy>(),
            app.Services.GetRequiredService<TimeProvider>()).Map(app);
        return app;
    }

    private void AddServices(IServiceCollection services)
    {
        services.AddRouting();
        services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        services.AddSingleton(proxy.GetRequiredService<ILoggerFactory>());
        services.AddSingleton(options.Value);
        services.AddSingleton(proxy.GetService<TimeProvider>() ?? TimeProvider.System);
        services.AddSingleton(_ => new ReviewDatabase(options.Value.Path));
        services.AddSingleton(proxy.GetRequiredService<BlockLogReaders>());
        services.AddSingleton<Accounts>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<SetupLink>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<ReviewNotes>();
        services.AddSingleton<SavedViews>();
        services.AddSingleton<QueryReader>();
    }

    // A sentence and a status; what went wrong inside stays inside.
    private Task Fail(HttpContext context)
    {
        var problem = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (problem is BlockLogUnreadableException unreadable)
        {
            return AccessCheck.Refuse(context, StatusCodes.Status503ServiceUnavailable, unreadable.Fault.Advice());
        }

        if (problem is BadHttpRequestException bad)
        {
            return AccessCheck.Refuse(context, bad.StatusCode, "The request can't be read.");
        }

        logger.ConsoleFailed(problem?.GetType().Name ?? "unknown");
        return AccessCheck.Refuse(context, StatusCodes.Status500InternalServerError, "The console failed; its log says more.");
    }
}
