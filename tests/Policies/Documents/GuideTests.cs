using EdgeFilter.Policies.Combining;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Testing;
using EdgeFilter.Policies.Tests.Shipped;
using EdgeFilter.Testing;

namespace EdgeFilter.Policies.Tests.Documents;

/// <summary>The policies shown in the guide are sound, and their tests pass beside the shipped policies.</summary>
public sealed class GuideTests(ShippedPolicies shipped) : IClassFixture<ShippedPolicies>
{
    [Fact]
    public void Guide_EveryPolicyShown_IsSoundAndPasses()
    {
        var shown = File.ReadAllText(Repository.PathOf("docs", "policy-guide.md"))
            .Split("```yaml\n")
            .Skip(1)
            .Select((part, i) => new SourceFile($"shown-{i}.yaml", System.Text.Encoding.UTF8.GetBytes(part[..part.IndexOf("```", StringComparison.Ordinal)])))
            .ToArray();
        Assert.True(shown.Length >= 4);
        var reading = new PolicySetReader(shipped.Scope).Read([.. PolicyFolder.Read(Repository.PathOf("policies")), .. shown]);
        Assert.Empty(reading.Problems);
        var report = new PolicyTestRunner(new CompiledSet(reading.Set!, shipped.Scope)).Run(["acme-support"]);
        Assert.Equal(3, report.Passed);
        Assert.Equal(0, report.Failed);
    }

    [Fact]
    public void Scaffold_IsSoundAndPasses()
    {
        var text = EdgeFilter.Policies.Explaining.PolicyScaffold.Write("mine", ["baseline"], ["acme"], new DateOnly(2026, 11, 24));
        var reading = new PolicySetReader(shipped.Scope).Read(
            [.. PolicyFolder.Read(Repository.PathOf("policies")), new SourceFile("mine.yaml", System.Text.Encoding.UTF8.GetBytes(text))]);
        Assert.Empty(reading.Problems);
        Assert.Equal((3, 0), (new PolicyTestRunner(new CompiledSet(reading.Set!, shipped.Scope)).Run(["mine"]) is var r ? (r.Passed, r.Failed) : default));
    }
}
