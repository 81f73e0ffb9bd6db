using EdgeFilter.Policies.Combining;
using EdgeFilter.Policies.Selection;

namespace EdgeFilter.Policies.Candidates;

/// <summary>Policies that run beside those in force and change nothing. Immutable but for its report.</summary>
public sealed class Candidate
{
    internal Candidate(PolicySelector selector, IReadOnlyList<SourceFile> sources, string liveDigest, DateTimeOffset now)
    {
        Selector = selector;
        Sources = sources;
        Report = new CandidateReport(selector.Set.Set.Digest, liveDigest, now);
    }

    /// <summary>Selects from the candidate's policies.</summary>
    public PolicySelector Selector { get; }

    public string Digest => Selector.Set.Set.Digest;

    /// <summary>What it would have done differently from what was in force when it was loaded.</summary>
    public CandidateReport Report { get; }

    internal IReadOnlyList<SourceFile> Sources { get; }
}
