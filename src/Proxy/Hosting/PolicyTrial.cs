using System.Diagnostics;
using System.Text;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Combining;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Filtering;
using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Policies.Selection;
using EdgeFilter.Policies.Validation;
using EdgeFilter.Proxy.Configuration;
using EdgeFilter.Proxy.Inspection;
using EdgeFilter.Proxy.Review;
using Microsoft.Extensions.Options;

namespace EdgeFilter.Proxy.Hosting;

/// <summary>Judges a text the way the proxy would, under the policies in force or a candidate. Keeps and logs nothing of it.</summary>
internal sealed class PolicyTrial(
    PolicyStore policies, ValidationScope scope, IValueHasher hasher, IOptions<ProxyOptions> options, TimeProvider clock) : ITryPolicy
{
    private const string CandidateFile = "candidate.yaml";
    private const int PieceLength = 5;

    public ValueTask<TryResult> TryAsync(TryRequest request, CancellationToken cancellationToken)
    {
        // As for a client that the configuration doesn't describe: its region decides which policies there are to try.
        var context = new PolicyContext
        {
            Region = request.Region.Length > 0 ? request.Region : options.Value.Region ?? "",
            Tenant = request.Tenant.Length > 0 ? request.Tenant : options.Value.Tenant ?? "",
            Model = request.Model,
        };
        if (context.Region.Length > 0 && !Regions.IsKnown(context.Region))
        {
            return new(new TryResult { Action = PolicyAction.Allow, Problems = [new TryProblem(0, 0, "", "This is no region: write DE, US-CA, EU, EEA, or a label that begins with x-.")] });
        }

        try
        {
            if (request.Candidate is null)
            {
                var policy = request.Policy is null ? policies.Current.For(context) : policies.Current.Alone(request.Policy, context);
                return new(Judge(request, policy) with { Region = context.Region });
            }

            var candidate = new SourceFile(CandidateFile, Encoding.UTF8.GetBytes(request.Candidate));
            var others = PolicyFolder.Read(options.Value.Policies);
            var alone = new PolicySetReader(scope).Read([candidate]);
            var reading = alone.Set is null ? new PolicySetReader(scope).Read([.. others, candidate]) : alone;
            if (reading.Set is null)
            {
                return new(new TryResult { Action = PolicyAction.Allow, Problems = [.. reading.Problems.Select(Describe)] });
            }

            var selector = new PolicySelector(new CompiledSet(reading.Set, scope));
            return new(Judge(request, selector.Set.Set.Names.Count == 1 ? selector.Alone(selector.Set.Set.Names.First(), context) : selector.For(context)) with { Region = context.Region });
        }
        catch (Exception error) when (error is ArgumentException or KeyNotFoundException or IOException or UnauthorizedAccessException)
        {
            return new(new TryResult { Action = PolicyAction.Allow, Problems = [new TryProblem(1, 1, "", error.Message)] });
        }
    }

    private TryResult Judge(TryRequest request, CompiledPolicy policy)
    {
        var started = Stopwatch.GetTimestamp();
        using var filter = new TextFilter(policy.PlanFor(request.Direction, request.Role), hasher, clock: clock);
        var shown = request.Stream ? FilteredStream.Read(filter, request.Text, PieceLength) : FilteredStream.ReadWhole(filter, request.Text);
        return new TryResult
        {
            Action = filter.Action,
            Policies = [.. policy.Sources.Select(source => source.Name)],
            Rules = [.. filter.Hits.Select(h => h.Rule.Id).Distinct(StringComparer.Ordinal)],
            Text = filter.BlockedBy is null ? shown : null,
            Message = filter.BlockedBy is { } rule ? Refusals.NoticeOf(rule, "req_example").Message : "",
            Findings =
            [
                .. filter.Hits.SelectMany(h => h.Findings.Select(f => new TryFinding(
                    f.Detector.Id, f.Detector.Entity, f.Span.Start, f.Span.Length, f.Confidence, h.Rule.Id))),
            ],
            Microseconds = (long)Stopwatch.GetElapsedTime(started).TotalMicroseconds,
        };
    }

    private static TryProblem Describe(PolicyProblem problem) => new(problem.At.Line, problem.At.Column, problem.Kind.Code, problem.Message);
}
