using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Lifecycle;

/// <summary>What came of an attempt to load.</summary>
/// <param name="IsApplied">True when the folder is sound and in force now.</param>
/// <param name="DigestBefore">Digest of what was in force; empty before the first load.</param>
/// <param name="DigestNow">Digest of what is in force.</param>
/// <param name="Problems">Errors and warnings, in the order of the files.</param>
public sealed record PolicyChange(bool IsApplied, string DigestBefore, string DigestNow, IReadOnlyList<PolicyProblem> Problems)
{
    /// <summary>What brought what is in force now.</summary>
    public PolicyOrigin Origin { get; init; }

    /// <summary>Who chose a version by hand; empty when the folder decided.</summary>
    public string Who { get; init; } = "";
}
