namespace EdgeFilter.Policies.Validation;

/// <summary>A kind of mistake. Codes are stable and never used again for something else.</summary>
/// <param name="Code"><c>POL</c> and three digits.</param>
/// <param name="Title">What is wrong, in a few words.</param>
/// <param name="Explanation">Why it is refused, and what to write instead: the entry of the documentation page.</param>
/// <param name="IsWarning">Shown, but the policy loads.</param>
public sealed record ProblemKind(string Code, string Title, string Explanation, bool IsWarning = false);
