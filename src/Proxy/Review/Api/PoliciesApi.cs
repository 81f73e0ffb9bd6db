using EdgeFilter.Policies.Compilation;
using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Review;

/// <summary>Policies in force with their hits, the try-it pane, and health.</summary>
internal sealed class PoliciesApi(BlockLogReaders log, HealthFacts health, AuditTrail audit, ProxyView proxy, TimeProvider time)
{
    private const int MostWatching = 50;
    private const int LongestName = 200;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/policies", Policies).Needs(Role.Viewer);
        routes.MapGet("/api/policies/effective", Effective).Needs(Role.Viewer);
        routes.MapPost("/api/try", Try).Needs(Role.Author);
        routes.MapGet("/api/health", () => Answer.Json(health.All())).Needs(Role.Viewer);
    }

    private IResult Policies()
    {
        var week = new EventQuery { Since = time.GetUtcNow() - TimeSpan.FromDays(7) };
        var counts = log.Use(reader => reader.Facets(week, [TermField.Rule, TermField.Shadow], top: 1_000));
        var since = log.Use(reader => counts.Fields[TermField.Shadow].Take(MostWatching).ToDictionary(count => count.Text, count => FirstOf(reader, count.Text)));
        return Answer.Json(new PolicyPage(proxy.Facts?.Policies() ?? [], Of(TermField.Rule), Of(TermField.Shadow), since));

        Dictionary<string, long> Of(TermField field) => counts.Fields[field].ToDictionary(count => count.Text, count => count.Count);
    }

    private IResult Effective(string? region, string? tenant, string? group, string? route, string? model, string? protocol)
    {
        if (new[] { region, tenant, group, route, model, protocol }.Any(text => text?.Length > LongestName))
        {
            return Answer.BadRequest($"A name has at most {LongestName} characters.");
        }

        if (proxy.Facts is not { } facts)
        {
            return Answer.Problem(StatusCodes.Status501NotImplemented, "This proxy does not report its policies here.");
        }

        var context = new PolicyContext
        {
            Region = region ?? "", Tenant = tenant ?? "", Groups = group is { Length: > 0 } ? [group] : [], Route = route ?? "", Model = model ?? "", Protocol = protocol ?? "",
        };
        return facts.Effective(context) is { } effective
            ? Answer.Json(effective)
            : Answer.BadRequest("This is no region: write DE, US-CA, EU, EEA, or a label that begins with x-.");
    }

    // Since when a rule that only watches has had something to say: so that somebody decides about it.
    private static DateTimeOffset? FirstOf(IBlockLogReader reader, string rule) =>
        reader.ReadAfter(new EventQuery { Terms = [new TermFilter(TermField.Shadow, [rule])] }, after: 0, limit: 1) is [var first] ? first.Record.Time : null;

    private async Task<IResult> Try(HttpContext context, TryRequest request)
    {
        if (proxy.Trial is not { } trial)
        {
            return Answer.Problem(StatusCodes.Status501NotImplemented, "This proxy was started without policies to try.");
        }

        if (request.Text.Length > TryRequest.MaxText || request.Candidate?.Length > TryRequest.MaxYaml)
        {
            return Answer.Problem(StatusCodes.Status413PayloadTooLarge, $"A text has at most {TryRequest.MaxText:N0} characters.");
        }

        audit.Record(context.NameOf(), request.Candidate is null ? "try" : "try candidate", request.Policy ?? "");
        return Answer.Json(await trial.TryAsync(request, context.RequestAborted).ConfigureAwait(false));
    }

    internal sealed record PolicyPage(
        IReadOnlyList<PolicyFact> Policies,
        IReadOnlyDictionary<string, long> Hits,
        IReadOnlyDictionary<string, long> ShadowHits,
        IReadOnlyDictionary<string, DateTimeOffset?> ShadowSince);
}
