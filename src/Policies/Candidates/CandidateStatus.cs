using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Candidates;

/// <summary>Whether a candidate runs, and if not, why.</summary>
public sealed record CandidateStatus
{
    public static CandidateStatus None { get; } = new() { State = CandidateState.None };

    public required CandidateState State { get; init; }

    /// <summary>Digest of the set that it would put in force; empty when it is unsound.</summary>
    public string Digest { get; init; } = "";

    /// <summary>Digest of what was in force when it was loaded.</summary>
    public string LiveDigest { get; init; } = "";

    /// <summary>True when it stands for all policies; false when it changes some.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Who proposed it; empty when the configuration names it.</summary>
    public string Who { get; init; } = "";

    public DateTimeOffset? At { get; init; }

    /// <summary>Errors and warnings.</summary>
    public IReadOnlyList<PolicyProblem> Problems { get; init; } = [];
}

public enum CandidateState
{
    /// <summary>Nobody has proposed one.</summary>
    None,

    /// <summary>It runs on sampled traffic.</summary>
    Running,

    /// <summary>It is exactly what is in force.</summary>
    InForce,

    /// <summary>It has errors and doesn't run.</summary>
    Refused,
}
