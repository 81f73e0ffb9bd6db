using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Lifecycle;

/// <summary>There are no sound policies to begin with. The message lists what is wrong, with file and line.</summary>
public sealed class PolicyLoadException : Exception
{
    public PolicyLoadException(string folder, IReadOnlyList<PolicyProblem> problems)
        : base($"The policies in '{folder}' can't be loaded:{string.Concat(problems.Where(p => !p.IsWarning).Take(20).Select(p => "\n  " + p))}")
    {
        Problems = problems;
    }

    public PolicyLoadException()
    {
    }

    public PolicyLoadException(string message)
        : base(message)
    {
    }

    public PolicyLoadException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public IReadOnlyList<PolicyProblem> Problems { get; } = [];
}
