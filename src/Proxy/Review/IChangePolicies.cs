using EdgeFilter.Policies.Candidates;
using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Proxy.Review;

/// <summary>Lets people change what is in force: by a candidate that they have watched, or back to what was.</summary>
internal interface IChangePolicies
{
    CandidateStatus Candidate { get; }

    /// <summary>What the candidate would have done differently; null when none runs.</summary>
    CandidateReportView? Report { get; }

    PolicyVersions Versions { get; }

    /// <exception cref="IOException">It can't be kept.</exception>
    CandidateStatus Propose(CandidateProposal proposal);

    /// <returns>False when nobody proposed one.</returns>
    bool Drop();

    /// <returns>Null when another candidate runs than the one meant, or none.</returns>
    PolicyChange? Promote(string digest, string who);

    /// <returns>Null when the version is not kept.</returns>
    PolicyChange? RollBack(string digest, string who);
}

/// <summary>A change of what is in force that was asked for.</summary>
internal sealed record ChangeResult(bool Applied, string Digest, IReadOnlyList<TryProblem> Problems)
{
    public static ChangeResult Of(PolicyChange change) => new(change.IsApplied, change.DigestNow, ProblemsOf(change.Problems));

    public static IReadOnlyList<TryProblem> ProblemsOf(IEnumerable<PolicyProblem> problems) =>
        [.. problems.Select(p => new TryProblem(p.At.Line, p.At.Column, p.Kind.Code, $"{p.At.File}: {p.Message}"))];
}
