using System.Text;
using EdgeFilter.Policies.Candidates;

namespace EdgeFilter.Proxy.Review;

/// <summary>The candidate beside the policies in force, its promotion, and the way back.</summary>
internal sealed class PolicyChangesApi(AuditTrail audit, ProxyView proxy, TimeProvider time)
{
    private const int MostFiles = 500;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/policies/candidate", Show).Needs(Role.Viewer);
        routes.MapPut("/api/policies/candidate", Propose).Needs(Role.Author);
        routes.MapDelete("/api/policies/candidate", Drop).Needs(Role.Author);
        routes.MapPost("/api/policies/candidate/promote", Promote).Needs(Role.Admin);
        routes.MapGet("/api/policies/versions", Versions).Needs(Role.Viewer);
        routes.MapPost("/api/policies/rollback", RollBack).Needs(Role.Admin);
    }

    private IResult Show() => With(changes => Answer.Json(new CandidatePage(Shown(changes.Candidate), changes.Report)));

    private IResult Propose(HttpContext context, ProposalRequest request) => With(changes =>
    {
        if (request.Files is not { Count: > 0 and <= MostFiles } files || files.Any(f => f.Value is null || !IsName(f.Key)))
        {
            return Answer.BadRequest($"Give 1 to {MostFiles} files, each with a name and its YAML.");
        }

        var proposal = new CandidateProposal(
            request.Whole, context.NameOf(), time.GetUtcNow(), files.ToDictionary(f => f.Key, f => Encoding.UTF8.GetBytes(f.Value!), StringComparer.Ordinal));
        audit.Record(context.NameOf(), "candidate proposed", string.Join(", ", files.Keys.Take(5)));
        return Answer.Json(Shown(changes.Propose(proposal)));
    });

    private IResult Drop(HttpContext context) => With(changes =>
    {
        if (!changes.Drop())
        {
            return Answer.NotFound("Nobody has proposed a candidate.");
        }

        audit.Record(context.NameOf(), "candidate dropped", "");
        return Answer.Json(Shown(changes.Candidate));
    });

    // The audit trail learns of a promotion and a rollback from the policies themselves, whoever asks for them.
    private IResult Promote(HttpContext context, VersionRequest request) => With(changes =>
        changes.Promote(request.Digest ?? "", context.NameOf()) is { } change
            ? Answer.Json(ChangeResult.Of(change))
            : Answer.Problem(StatusCodes.Status409Conflict, "Another candidate runs now, or none does: look at its report first."));

    private IResult Versions() => With(changes => Answer.Json(changes.Versions));

    private IResult RollBack(HttpContext context, VersionRequest request) => With(changes =>
    {
        var versions = changes.Versions;
        var digest = request.Digest ?? versions.Before(versions.Current)?.Digest;
        return digest is not null && changes.RollBack(digest, context.NameOf()) is { } change
            ? Answer.Json(ChangeResult.Of(change))
            : Answer.NotFound("This version is not kept.");
    });

    private IResult With(Func<IChangePolicies, IResult> answer)
    {
        try
        {
            return proxy.Changes is { } changes ? answer(changes) : Answer.Problem(StatusCodes.Status501NotImplemented, "This proxy's policies can't be changed here.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Answer.Problem(StatusCodes.Status503ServiceUnavailable, "The folder of the policy state can't be written.");
        }
    }

    // Names end up in messages and, when promoted, in a folder.
    private static bool IsName(string name) =>
        name.Length is > 0 and <= 200 && name.EndsWith(".yaml", StringComparison.Ordinal) && name[0] != '.'
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/') && !name.Contains("..", StringComparison.Ordinal) && name[0] != '/';

    private static CandidateShown Shown(CandidateStatus status) => new(
        status.State, status.Digest, status.LiveDigest, status.IsWhole, status.Who, status.At, ChangeResult.ProblemsOf(status.Problems));

    internal sealed record ProposalRequest(bool Whole, IReadOnlyDictionary<string, string?>? Files)
    {
        public override string ToString() => $"{Files?.Count} files";
    }

    internal sealed record VersionRequest(string? Digest);

    internal sealed record CandidatePage(CandidateShown Candidate, CandidateReportView? Report);

    internal sealed record CandidateShown(
        CandidateState State, string Digest, string LiveDigest, bool IsWhole, string Who, DateTimeOffset? At, IReadOnlyList<TryProblem> Problems);
}
