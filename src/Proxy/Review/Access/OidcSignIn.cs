using System.Security.Claims;
using EdgeFilter.Proxy.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;

namespace EdgeFilter.Proxy.Review;

/// <summary>
/// Signs people in whom the organisation's identity provider vouches for. The framework's handler does the protocol; what comes out is
/// one of the console's own sessions, and no token is kept.
/// </summary>
internal static class OidcSignIn
{
    public const string Scheme = "oidc";
    public const string CallbackPath = "/oidc/callback";

    /// <summary>Where a browser lands when it was not let in: pages say why, and never what the provider said.</summary>
    private const string Failed = "/#/signin/failed";

    private const string NotAllowed = "/#/signin/not-allowed";

    /// <exception cref="ConfigurationException">Signing in this way can't work as configured.</exception>
    public static void Add(IServiceCollection services, OidcOptions options)
    {
        options.Check();
        var secret = options.ReadSecret();

        // What it protects lives for the minutes of one sign-in: keys in memory will do, and nothing is written to disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAuthentication(NobodyHandler.Scheme)
            .AddScheme<AuthenticationSchemeOptions, NobodyHandler>(NobodyHandler.Scheme, null)
            .AddOpenIdConnect(Scheme, oidc =>
            {
                oidc.Authority = options.Authority;
                oidc.RequireHttpsMetadata = !new Uri(options.Authority).IsLoopback;
                oidc.ClientId = options.ClientId;
                oidc.ClientSecret = secret;
                oidc.ResponseType = "code";
                oidc.ResponseMode = "query";
                oidc.UsePkce = true;
                oidc.SaveTokens = false;
                oidc.MapInboundClaims = false;
                oidc.DisableTelemetry = true;
                oidc.CallbackPath = CallbackPath;
                oidc.SignInScheme = NobodyHandler.Scheme;
                oidc.BackchannelTimeout = TimeSpan.FromSeconds(10);
                oidc.RemoteAuthenticationTimeout = TimeSpan.FromMinutes(10);
                foreach (var scope in options.Scopes)
                {
                    oidc.Scope.Add(scope);
                }

                // The way back is a navigation from another site, which strict cookies don't travel with.
                foreach (var cookie in new[] { oidc.NonceCookie, oidc.CorrelationCookie })
                {
                    cookie.SameSite = SameSiteMode.Lax;
                    cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                }

                oidc.Events.OnTicketReceived = context => ArriveAsync(context, options);
                oidc.Events.OnRemoteFailure = FailAsync;
            });
    }

    /// <summary>Sends the browser to the provider.</summary>
    public static async Task StartAsync(HttpContext context, OidcOptions options)
    {
        if (!options.IsConfigured)
        {
            await Answer.NotFound("There is no sign-in by the organisation here.").ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        try
        {
            await context.ChallengeAsync(Scheme, new AuthenticationProperties { RedirectUri = "/#/overview" }).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is InvalidOperationException or HttpRequestException or IOException)
        {
            // The provider's discovery document can't be had.
            context.RequestServices.GetRequiredService<ILogger<OidcOptions>>().ProviderUnreachable(problem.GetType().Name);
            context.Response.Redirect(Failed);
        }
    }

    /// <summary>The highest role that the claims give; null when they give none.</summary>
    internal static Role? RoleOf(ClaimsPrincipal person, OidcOptions options)
    {
        var values = person.FindAll(options.RoleClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        var given = options.Roles.Where(role => values.Contains(role.Value)).Select(role => role.Role).ToArray();
        return given.Length > 0 ? given.Max() : null;
    }

    private static Task ArriveAsync(TicketReceivedContext context, OidcOptions options)
    {
        var services = context.HttpContext.RequestServices;
        var audit = services.GetRequiredService<AuditTrail>();
        var name = (context.Principal?.FindFirst(options.NameClaim) ?? context.Principal?.FindFirst("email"))?.Value;
        var address = context.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "";
        context.HandleResponse();

        // A local account of the same name is somebody else, for all that is known here.
        if (!Accounts.IsName(name) || RoleOf(context.Principal!, options) is not { } role || services.GetRequiredService<Accounts>().Find(name!) is not null)
        {
            audit.Record(Accounts.IsName(name) ? name! : "(unknown)", "sign-in by the organisation not allowed", address);
            context.Response.Redirect(NotAllowed);
            return Task.CompletedTask;
        }

        var time = services.GetRequiredService<TimeProvider>();
        var (token, _) = services.GetRequiredService<Sessions>().Begin(new Account(name!, role, time.GetUtcNow(), IsExternal: true));
        services.GetRequiredService<People>().SignedIn(name!, role);
        audit.Record(name!, "sign-in by the organisation", address);
        context.Response.Cookies.Append(AccessCheck.CookieName, token, SessionApi.Cookie(context.HttpContext));
        context.Response.Redirect("/#/overview");
        return Task.CompletedTask;
    }

    private static Task FailAsync(RemoteFailureContext context)
    {
        context.HandleResponse();
        var services = context.HttpContext.RequestServices;
        services.GetRequiredService<AuditTrail>().Record("(unknown)", "sign-in by the organisation failed", context.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "");
        services.GetRequiredService<ILogger<OidcOptions>>().SignInFailed(context.Failure?.GetType().Name ?? "unknown");
        context.Response.Redirect(Failed);
        return Task.CompletedTask;
    }
}
