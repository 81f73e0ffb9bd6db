using EdgeFilter.Proxy.BlockLog;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace EdgeFilter.Proxy.Review;

/// <summary>
/// The console on the operators' own web server, which shares no port and no pipeline with the proxy: no route of the one can be
/// reached through the other.
/// </summary>
internal static class ReviewConsole
{
    private const long MaxBody = 2 * 1024 * 1024;

    /// <summary>Paths of the operators' machine-readable endpoints, which the console leaves alone.</summary>
    private static readonly PathString Operations = "/edgefilter";

    /// <summary>Adds what the console needs to the operators' server.</summary>
    /// <param name="services">Of the operators' server.</param>
    /// <param name="configuration">The whole configuration; the section <c>Admin</c> is the console's.</param>
    /// <param name="proxy">
    /// The proxy's services, with <c>AddBlockLog</c>. An <see cref="IConsoleFacts"/> and an <see cref="ITryPolicy"/> among them are
    /// shown; without them those pages say so.
    /// </param>
    public static void AddReviewConsole(this IServiceCollection services, IConfiguration configuration, IServiceProvider proxy)
    {
        var options = configuration.GetSection(AdminOptions.Section).Get<AdminOptions>() ?? new AdminOptions();
        var log = proxy.GetRequiredService<IOptions<BlockLogOptions>>().Value;
        var path = options.Path ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(log.Path))!, "review.db");
        services.AddRouting();
        services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        services.AddSingleton(options);
        services.AddSingleton(proxy.GetService<TimeProvider>() ?? TimeProvider.System);
        services.AddSingleton(_ => new ReviewDatabase(path));
        services.AddSingleton<Accounts>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<SetupLink>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<ReviewNotes>();
        services.AddSingleton<People>();
        services.AddSingleton<SavedViews>();
        services.AddSingleton<QueryReader>();
        services.AddSingleton<HealthFacts>();

        if (options.Oidc.IsConfigured)
        {
            OidcSignIn.Add(services, options.Oidc);
        }

        // Made and disposed of by the proxy: handed over as instances, which this container never disposes.
        services.AddSingleton(proxy.GetRequiredService<BlockLogReaders>());
        services.AddSingleton(proxy.GetRequiredService<IBlockLog>());
        services.AddSingleton(new ProxyView(proxy.GetService<IConsoleFacts>(), proxy.GetService<ITryPolicy>(), proxy.GetService<IChangePolicies>()));
    }

    /// <summary>Maps the pages and their API; call it before the server starts.</summary>
    public static void MapReviewConsole(this WebApplication admin)
    {
        admin.UseWhen(IsConsole, console =>
        {
            console.UseMiddleware<SafeHeaders>();
            console.UseExceptionHandler(errors => errors.Run(FailAsync));
        });
        if (admin.Services.GetRequiredService<AdminOptions>().Oidc.IsConfigured)
        {
            // Takes what comes back from the identity provider; everything else it passes on as it came.
            admin.UseAuthentication();
        }

        admin.UseWhen(IsConsole, console =>
        {
            console.UseMiddleware<AccessCheck>();
            console.Use(LimitBodyAsync);
        });
        PageFiles.Map(admin);
        ActivatorUtilities.CreateInstance<SessionApi>(admin.Services).Map(admin);
        ActivatorUtilities.CreateInstance<OverviewApi>(admin.Services).Map(admin);
        ActivatorUtilities.CreateInstance<EventsApi>(admin.Services).Map(admin);
        ActivatorUtilities.CreateInstance<ReviewApi>(admin.Services).Map(admin);
        ActivatorUtilities.CreateInstance<AccountsApi>(admin.Services).Map(admin);
        ActivatorUtilities.CreateInstance<PoliciesApi>(admin.Services).Map(admin);
        ActivatorUtilities.CreateInstance<PolicyChangesApi>(admin.Services).Map(admin);
    }

    /// <summary>
    /// The address for the first account, null when there is one already. For whoever watches the start, and for no log: it is as
    /// good as a password until it has been used.
    /// </summary>
    public static string? FirstAccountLink(WebApplication admin)
    {
        var setup = admin.Services.GetRequiredService<SetupLink>();
        try
        {
            return setup.IsNeeded && admin.Urls.FirstOrDefault() is { } url ? $"{url.TrimEnd('/')}/{setup.Fragment}" : null;
        }
        catch (Exception problem) when (IsAboutTheFile(problem))
        {
            LoggerOf(admin.Services).ConsoleUnavailable(RecordTerms.NameOf(SqliteFaults.Classify(problem, path: "")));
            return null;
        }
    }

    private static bool IsConsole(HttpContext context) => !context.Request.Path.StartsWithSegments(Operations);

    private static Task LimitBodyAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBody;
        }

        return next(context);
    }

    private static bool IsAboutTheFile(Exception problem) => problem is Microsoft.Data.Sqlite.SqliteException or IOException or UnauthorizedAccessException;

    private static ILogger LoggerOf(IServiceProvider services) => services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ReviewConsole));

    // A sentence and a status; what went wrong inside stays inside.
    private static Task FailAsync(HttpContext context)
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

        if (problem is not null && IsAboutTheFile(problem))
        {
            return AccessCheck.Refuse(context, StatusCodes.Status503ServiceUnavailable, "The console's own file (Admin:Path) can't be read or written: check its volume.");
        }

        LoggerOf(context.RequestServices).ConsoleFailed(problem?.GetType().Name ?? "unknown");
        return AccessCheck.Refuse(context, StatusCodes.Status500InternalServerError, "The console failed; the proxy's log says where.");
    }
}
