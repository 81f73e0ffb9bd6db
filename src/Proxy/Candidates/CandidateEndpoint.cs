using System.Text.Json;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Candidates;

namespace EdgeFilter.Proxy.Candidates;

/// <summary>For scripts and monitoring on the admin address: whether a candidate runs and how it differs, by rule, in numbers.</summary>
internal static class CandidateEndpoint
{
    public static void Map(IEndpointRouteBuilder routes, CandidateStore candidates) =>
        routes.MapGet("/edgefilter/policies/candidate", context => WriteAsync(context, candidates));

    private static async Task WriteAsync(HttpContext context, CandidateStore candidates)
    {
        var (status, report) = (candidates.Status, candidates.Current?.Report.View());
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";

        // Who asked for what is for people who have signed in to the console.
        await JsonSerializer.SerializeAsync(
            context.Response.Body,
            new
            {
                state = Words.Of(status.State),
                digest = status.Digest,
                problems = status.Problems.Select(p => p.ToString()),
                report = report is null ? null : report with { Records = [] },
            },
            CandidateReportFile.Json,
            context.RequestAborted);
    }
}
