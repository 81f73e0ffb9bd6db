using EdgeFilter.Policies.Documents;

namespace EdgeFilter.Policies.Validation;

/// <summary>Collects the problems of a run. Bounded: a hostile file can't make it grow without end.</summary>
internal sealed class ProblemList
{
    /// <summary>More than a person reads; the rest is counted, not kept.</summary>
    public const int Most = 1_000;

    private readonly List<PolicyProblem> problems = [];

    public bool HasErrors { get; private set; }

    public int Count => problems.Count;

    public void Add(ProblemKind kind, SourcePlace at, string message) => Add(new PolicyProblem(kind, at, message));

    public void Add(PolicyProblem problem)
    {
        HasErrors |= !problem.IsWarning;
        if (problems.Count < Most)
        {
            problems.Add(problem);
        }
    }

    public void AddRange(IEnumerable<PolicyProblem> more)
    {
        foreach (var problem in more)
        {
            Add(problem);
        }
    }

    /// <summary>In the order of the files; a place and code that were reported twice appear once.</summary>
    public IReadOnlyList<PolicyProblem> InFileOrder() =>
        [.. problems.OrderBy(p => p.At).ThenBy(p => p.Kind.Code, StringComparer.Ordinal).Distinct()];
}
