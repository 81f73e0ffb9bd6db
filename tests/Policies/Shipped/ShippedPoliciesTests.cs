using EdgeFilter.Detection.Catalog;
using EdgeFilter.Detection.Classifiers.Models;
using EdgeFilter.Policies.Combining;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Testing;
using EdgeFilter.Policies.Validation;
using EdgeFilter.Testing;

namespace EdgeFilter.Policies.Tests.Shipped;

/// <summary>The policies that come with the product, with the detectors and models that come with it.</summary>
public sealed class ShippedPoliciesTests : IClassFixture<ShippedPolicies>
{
    private readonly ShippedPolicies shipped;

    public ShippedPoliciesTests(ShippedPolicies shipped)
    {
        this.shipped = shipped;
    }

    [Fact]
    public void Read_ShippedPolicies_AreSoundWithoutWarning() => Assert.Empty(shipped.Reading.Problems);

    [Fact]
    public void Run_OwnTests_PassAndExerciseEveryRule()
    {
        var report = new PolicyTestRunner(shipped.Compiled).Run();
        var failures = report.Results.Where(r => !r.Passed).Select(r => $"{r.At} {r}: {string.Join("; ", r.Failures)}");
        Assert.True(report.Failed == 0, string.Join('\n', failures));
        Assert.Empty(report.Untested);
    }

    [Fact]
    public void Policies_EveryRule_SaysWhy()
    {
        Assert.All(shipped.Reading.Set!.Policies.SelectMany(p => p.Rules), r => Assert.True(r.Why is not null, r.IdOrPlace));
    }
}

/// <summary>Read and compiled once for all tests.</summary>
public sealed class ShippedPolicies : IDisposable
{
    private readonly ModelStore models = ModelStore.Open(Repository.PathOf("models"));

    public ShippedPolicies()
    {
        Scope = new ValidationScope(BuiltInDetectors.CreateCatalog(models.Families), models);
        Reading = new PolicySetReader(Scope).Read(PolicyFolder.Read(Repository.PathOf("policies")));
        Compiled = new CompiledSet(Reading.Set!, Scope);
    }

    public ValidationScope Scope { get; }

    public PolicyReading Reading { get; }

    public CompiledSet Compiled { get; }

    public void Dispose() => models.Dispose();
}
