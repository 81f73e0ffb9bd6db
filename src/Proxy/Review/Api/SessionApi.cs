namespace EdgeFilter.Proxy.Review;

/// <summary>Signing in and out, and the first account.</summary>
internal sealed class SessionApi(Accounts accounts, Sessions sessions, SetupLink setup, SignInThrottle throttle, AuditTrail audit, AdminOptions options)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/session", Current).Needs(null);
        routes.MapPost("/api/session", SignIn).Needs(null);
        routes.MapGet("/api/session/oidc", context => OidcSignIn.StartAsync(context, options.Oidc)).Needs(null);
        routes.MapDelete("/api/session", SignOut).Needs(Role.Viewer);
        routes.MapPost("/api/setup", SetUp).Needs(null);
        routes.MapPost("/api/password", ChangePassword).Needs(Role.Viewer);
    }

    private IResult Current(HttpContext context) =>
        context.Features.Get<Session>() is { } session ? Answer.Json(Shown(session)) : Answer.Json(new SignedOut(setup.IsNeeded, options.Oidc.IsConfigured));

    private IResult SignIn(HttpContext context, Credentials credentials)
    {
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (!Accounts.IsName(credentials.Name) || credentials.Password is not { Length: > 0 and <= Accounts.MaxPassword })
        {
            return Answer.BadRequest("Give a name and a password.");
        }

        if (throttle.MustWait(credentials.Name!, address))
        {
            return Answer.Problem(StatusCodes.Status429TooManyRequests, "Too many failed attempts. Try again in five minutes.");
        }

        if (accounts.Check(credentials.Name!, credentials.Password) is not { } account)
        {
            throttle.Failed(credentials.Name!, address);
            audit.Record(credentials.Name!, "sign-in failed", address);
            return Answer.Problem(StatusCodes.Status401Unauthorized, "Name or password is wrong.");
        }

        throttle.Succeeded(account.Name, address);
        audit.Record(account.Name, "sign-in", address);
        return Begin(context, account);
    }

    private IResult SignOut(HttpContext context)
    {
        sessions.End(context.Request.Cookies[AccessCheck.CookieName] ?? "");
        context.Response.Cookies.Delete(AccessCheck.CookieName, Cookie(context));
        audit.Record(context.NameOf(), "sign-out", "");
        return Answer.Json(new SignedOut(Setup: false, options.Oidc.IsConfigured));
    }

    private IResult SetUp(HttpContext context, SetUpRequest request)
    {
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (throttle.MustWait("setup", address))
        {
            return Answer.Problem(StatusCodes.Status429TooManyRequests, "Too many failed attempts. Try again in five minutes.");
        }

        if (!setup.IsNeeded || !setup.Fits(request.Token))
        {
            throttle.Failed("setup", address);
            return Answer.Problem(StatusCodes.Status403Forbidden, "This link has been used or is from an earlier start of the proxy.");
        }

        if (!Accounts.IsName(request.Name) || !Accounts.IsPassword(request.Password))
        {
            return Answer.BadRequest(AccountsApi.Rules);
        }

        if (!accounts.CreateFirst(request.Name!, request.Password!))
        {
            return Answer.Problem(StatusCodes.Status403Forbidden, "There is an account already.");
        }

        audit.Record(request.Name!, "first account", request.Name!);
        return Begin(context, accounts.Find(request.Name!)!);
    }

    private IResult ChangePassword(HttpContext context, PasswordChange change)
    {
        var name = context.NameOf();
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (!Accounts.IsPassword(change.New))
        {
            return Answer.BadRequest(AccountsApi.Rules);
        }

        if (throttle.MustWait(name, address) || accounts.Check(name, change.Old ?? "") is not { } account)
        {
            throttle.Failed(name, address);
            return Answer.Problem(StatusCodes.Status403Forbidden, "The old password is wrong.");
        }

        accounts.SetPassword(name, change.New!);
        sessions.EndAll(name);
        audit.Record(name, "password changed", name);
        return Begin(context, account);
    }

    private IResult Begin(HttpContext context, Account account)
    {
        var (token, session) = sessions.Begin(account);
        context.Response.Cookies.Append(AccessCheck.CookieName, token, Cookie(context));
        return Answer.Json(Shown(session));
    }

    internal static CookieOptions Cookie(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = "/",
    };

    private static SignedIn Shown(Session session) => new(session.Account.Name, session.Account.Role, session.CsrfToken, session.Expires);

    internal sealed record Credentials(string? Name, string? Password)
    {
        public override string ToString() => nameof(Credentials);
    }

    internal sealed record SetUpRequest(string? Token, string? Name, string? Password)
    {
        public override string ToString() => nameof(SetUpRequest);
    }

    internal sealed record PasswordChange(string? Old, string? New)
    {
        public override string ToString() => nameof(PasswordChange);
    }

    internal sealed record SignedIn(string Name, Role Role, string CsrfToken, DateTimeOffset Expires);

    internal sealed record SignedOut(bool Setup, bool Oidc);
}
