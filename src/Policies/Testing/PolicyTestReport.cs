namespace EdgeFilter.Policies.Testing;

/// <summary>What came of all tests of a run.</summary>
/// <param name="Results">In the order of the policies and their tests.</param>
/// <param name="Untested">Rules, as policy/rule, that no test made match.</param>
/// <param name="RuleCount">How many rules the tested policies have.</param>
/// <param name="Elapsed">How long all of it took.</param>
public sealed record PolicyTestReport(IReadOnlyList<PolicyTestResult> Results, IReadOnlyList<string> Untested, int RuleCount, TimeSpan Elapsed)
{
    public int Passed => Results.Count(r => r.Passed);

    public int Failed => Results.Count - Passed;
}
