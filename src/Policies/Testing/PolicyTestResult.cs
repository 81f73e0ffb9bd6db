using EdgeFilter.Policies.Documents;

namespace EdgeFilter.Policies.Testing;

/// <summary>What came of a test.</summary>
/// <param name="Policy">The policy whose test it is.</param>
/// <param name="Name">What the test shows.</param>
/// <param name="At">Where it is written.</param>
/// <param name="Failures">What differed; empty when it passed. May quote the test's own text.</param>
/// <param name="Rules">The rules that matched, as policy/rule.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record PolicyTestResult(
    string Policy, string Name, SourcePlace At, IReadOnlyList<string> Failures, IReadOnlySet<string> Rules, TimeSpan Elapsed)
{
    public bool Passed => Failures.Count == 0;

    public override string ToString() => $"{Policy}: {Name}";
}
