using EdgeFilter.Policies.Candidates;
using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Proxy.Review;

namespace EdgeFilter.Proxy.Hosting;

/// <summary>Changes of what the store has in force, for people in the console.</summary>
internal sealed class PolicyChanges(PolicyStore policies, CandidateStore candidates, PolicyHistory history) : IChangePolicies
{
    public CandidateStatus Candidate => candidates.Status;

    public CandidateReportView? Report => candidates.Current?.Report.View();

    public PolicyVersions Versions => history.Versions;

    public CandidateStatus Propose(CandidateProposal proposal) => candidates.Propose(proposal);

    public bool Drop() => candidates.Drop();

    public PolicyChange? Promote(string digest, string who) => candidates.Promote(digest, who);

    public PolicyChange? RollBack(string digest, string who) =>
        history.Versions.Versions.Any(v => v.Digest == digest) ? policies.Choose(digest, PolicyOrigin.Rollback, who) : null;

    /// <summary>Has the audit trail note every change of what is in force, whoever and whatever made it.</summary>
    public static void Audit(PolicyStore policies, AuditTrail audit) => policies.Changed += change =>
    {
        if (change.IsApplied && !string.Equals(change.DigestBefore, change.DigestNow, StringComparison.Ordinal))
        {
            var what = change.Origin switch
            {
                PolicyOrigin.Promotion => "candidate promoted",
                PolicyOrigin.Rollback => "policies rolled back",
                _ => "policies changed",
            };
            audit.Record(change.Who.Length > 0 ? change.Who : "policy folder", what, $"{change.DigestBefore} -> {change.DigestNow}");
        }
    };
}
