using System.Security.Cryptography;
using System.Text;

namespace EdgeFilter.Proxy.Review;

/// <summary>Lets a request through to its endpoint only when who sent it may, and when it comes from the console's own pages.</summary>
internal sealed class AccessCheck(RequestDelegate next, Sessions sessions, AdminOptions options)
{
    public const string CookieName = "edgefilter-console";
    public const string CsrfHeader = "X-CSRF-Token";

    public async Task InvokeAsync(HttpContext context)
    {
        // 1. A page elsewhere may have had its name pointed at this address (DNS rebinding): only names we know.
        if (!options.IsAllowedHost(context.Request.Host.Host))
        {
            await Refuse(context, StatusCodes.Status421MisdirectedRequest, "This console doesn't answer to that host name: see Admin:Hosts.").ConfigureAwait(false);
            return;
        }

        var needs = context.GetEndpoint()?.Metadata.GetMetadata<NeedsRole>();
        if (needs is null)
        {
            await Refuse(context, StatusCodes.Status404NotFound, "There is nothing here.").ConfigureAwait(false);
            return;
        }

        var session = sessions.Find(context.Request.Cookies[CookieName]);
        context.Features.Set(session);

        // 2. Nothing is changed on behalf of another site's page, with or without a session.
        if (!IsSafe(context.Request.Method) && !IsOwnPage(context, session))
        {
            await Refuse(context, StatusCodes.Status403Forbidden, "The request does not come from the console's own pages.").ConfigureAwait(false);
            return;
        }

        // 3. Who it is, and whether they may.
        if (needs.Role is not null && session is null)
        {
            await Refuse(context, StatusCodes.Status401Unauthorized, "Sign in first.").ConfigureAwait(false);
            return;
        }

        if (needs.Role > session?.Account.Role)
        {
            await Refuse(context, StatusCodes.Status403Forbidden, "Your role doesn't allow this.").ConfigureAwait(false);
            return;
        }

        await next(context).ConfigureAwait(false);
    }

    internal static Task Refuse(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new ApiProblem(message), ApiJson.Options, cancellationToken: context.RequestAborted);
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    // Before sign-in there is no token to compare; there the header's presence and the browser's own word must do.
    private static bool IsOwnPage(HttpContext context, Session? session)
    {
        var site = context.Request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0 && site != "same-origin")
        {
            return false;
        }

        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length > 0 && origin != $"{context.Request.Scheme}://{context.Request.Host}")
        {
            return false;
        }

        var token = context.Request.Headers[CsrfHeader].ToString();
        return session is null
            ? token.Length > 0
            : CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(session.CsrfToken));
    }
}
