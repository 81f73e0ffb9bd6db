namespace EdgeFilter.Policies.Candidates;

/// <summary>A report at a moment.</summary>
public sealed record CandidateReportView
{
    public required string Digest { get; init; }

    public required string LiveDigest { get; init; }

    public DateTimeOffset Since { get; init; }

    /// <summary>Prompts and outputs that both have judged.</summary>
    public long Judged { get; init; }

    /// <summary>Those on which some rule differs.</summary>
    public long Different { get; init; }

    public long Stricter { get; init; }

    public long Looser { get; init; }

    /// <summary>Drawn, and not judged: the CPU budget or the queue was used up.</summary>
    public long Skipped { get; init; }

    /// <summary>Drawn, and longer than a candidate looks at.</summary>
    public long TooLong { get; init; }

    /// <summary>The candidate could not judge them.</summary>
    public long Failed { get; init; }

    /// <summary>Time that the candidate's judging has taken.</summary>
    public long Milliseconds { get; init; }

    /// <summary>How decisions change, the most frequent first.</summary>
    public IReadOnlyList<DecisionChangeCount> Decisions { get; init; } = [];

    /// <summary>Which rules differ, the most frequent first.</summary>
    public IReadOnlyList<RuleChangeCount> Rules { get; init; } = [];

    /// <summary>The newest differences, newest first.</summary>
    public IReadOnlyList<CandidateDifference> Records { get; init; } = [];
}

/// <param name="Live">What was decided.</param>
/// <param name="Candidate">What the candidate would have decided.</param>
public sealed record DecisionChangeCount(Direction Direction, PolicyAction Live, PolicyAction Candidate, long Count);

/// <param name="Rule">As policy/rule.</param>
/// <param name="Live">What it did; null when it did not match, or is not there.</param>
/// <param name="Candidate">What it would have done; null when it would not have matched.</param>
public sealed record RuleChangeCount(string Rule, Direction Direction, PolicyAction? Live, PolicyAction? Candidate, long Count);

/// <summary>An exchange that a candidate would have treated differently: what a block record says of one, and no content.</summary>
public sealed record CandidateDifference(CandidateFacts Facts, PolicyAction Live, PolicyAction Candidate, IReadOnlyList<RuleChange> Rules);

/// <summary>Who asked for what.</summary>
public readonly record struct CandidateFacts(
    DateTimeOffset Time, string RequestId, Direction Direction, string Tenant, string Region, string Client, string Route, string Model);

/// <summary>A rule that differs on an exchange.</summary>
public sealed record RuleChange(string Rule, PolicyAction? Live, PolicyAction? Candidate);
