using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Review;

/// <summary>Keeping accounts, saved views and the audit trail.</summary>
internal sealed class AccountsApi(Accounts accounts, Sessions sessions, AuditTrail audit, SavedViews views)
{
    public const string Rules =
        "A name has 1 to 64 letters, digits, dots, hyphens, underscores or @; a password 12 to 256 characters.";

    private const int MaxViewName = 60;
    private const int MaxViewQuery = 2_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/accounts", () => Answer.Json(accounts.All)).Needs(Role.Admin);
        routes.MapPost("/api/accounts", Create).Needs(Role.Admin);
        routes.MapPut("/api/accounts/{name}", Change).Needs(Role.Admin);
        routes.MapDelete("/api/accounts/{name}", Remove).Needs(Role.Admin);
        routes.MapDelete("/api/sessions/{name}", SignOutEverywhere).Needs(Role.Admin);
        routes.MapGet("/api/audit", (long? before) => Answer.Json(audit.Read(before ?? long.MaxValue, 100))).Needs(Role.Admin);
        routes.MapGet("/api/views", (HttpContext context) => Answer.Json(views.Of(context.NameOf()))).Needs(Role.Viewer);
        routes.MapPost("/api/views", SaveView).Needs(Role.Viewer);
        routes.MapDelete("/api/views", RemoveView).Needs(Role.Viewer);
    }

    private IResult Create(HttpContext context, NewAccount account)
    {
        if (!Accounts.IsName(account.Name) || !Accounts.IsPassword(account.Password))
        {
            return Answer.BadRequest(Rules);
        }

        if (!accounts.Create(account.Name!, account.Password!, account.Role))
        {
            return Answer.Problem(StatusCodes.Status409Conflict, "There is an account of that name.");
        }

        audit.Record(context.NameOf(), $"account created as {RecordTerms.NameOf(account.Role)}", account.Name!);
        return Answer.Json(accounts.All);
    }

    private IResult Change(HttpContext context, string name, ChangedAccount change)
    {
        if (IsOneself(context, name))
        {
            return Answer.BadRequest("Nobody changes their own role: ask another admin.");
        }

        if (!accounts.SetRole(name, change.Role))
        {
            return Answer.NotFound("There is no such account.");
        }

        audit.Record(context.NameOf(), $"role changed to {RecordTerms.NameOf(change.Role)}", name);
        return Answer.Json(accounts.All);
    }

    private IResult Remove(HttpContext context, string name)
    {
        if (IsOneself(context, name))
        {
            return Answer.BadRequest("Nobody removes their own account: ask another admin.");
        }

        if (!accounts.Remove(name))
        {
            return Answer.NotFound("There is no such account.");
        }

        sessions.EndAll(name);
        audit.Record(context.NameOf(), "account removed", name);
        return Answer.Json(accounts.All);
    }

    private IResult SignOutEverywhere(HttpContext context, string name)
    {
        if (sessions.EndAll(name) == 0)
        {
            return Answer.NotFound("Nobody of that name is signed in.");
        }

        audit.Record(context.NameOf(), "signed out everywhere", name);
        return Answer.Json(accounts.All);
    }

    private IResult SaveView(HttpContext context, SavedView view)
    {
        if (view.Name is not { Length: > 0 and <= MaxViewName } || view.Query is not { Length: <= MaxViewQuery })
        {
            return Answer.BadRequest($"A view's name has 1 to {MaxViewName} characters.");
        }

        return views.Save(context.NameOf(), view with { Name = SafeText.Line(view.Name, MaxViewName) })
            ? Answer.Json(views.Of(context.NameOf()))
            : Answer.BadRequest($"There are {SavedViews.MaxPerOwner} views already.");
    }

    private IResult RemoveView(HttpContext context, string name)
    {
        views.Remove(context.NameOf(), name);
        return Answer.Json(views.Of(context.NameOf()));
    }

    private static bool IsOneself(HttpContext context, string name) =>
        string.Equals(context.NameOf(), name, StringComparison.OrdinalIgnoreCase);

    internal sealed record NewAccount(string? Name, string? Password, Role Role)
    {
        public override string ToString() => nameof(NewAccount);
    }

    internal sealed record ChangedAccount(Role Role);
}
