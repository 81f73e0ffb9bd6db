using EdgeFilter.Policies.Documents;

namespace EdgeFilter.Policies.Validation;

/// <summary>
/// One thing that is wrong with a policy file: where, which kind, and a sentence that says what is wrong and what would be right.
/// </summary>
/// <remarks>The message quotes the policy, never a text that was inspected.</remarks>
public sealed record PolicyProblem(ProblemKind Kind, SourcePlace At, string Message)
{
    /// <summary>A warning is shown and does not keep a policy from loading.</summary>
    public bool IsWarning => Kind.IsWarning;

    public override string ToString() => $"{At}: {(IsWarning ? "warning " : "")}{Kind.Code}: {Message}";
}
