using EdgeFilter.Detection.Classifiers.Models;
using EdgeFilter.Testing;
using Xunit;

namespace EdgeFilter.Detection.Tests.Classifiers.Names;

public sealed class ShippedNamesTests
{
    [Fact]
    public void Examples_AreFound_CounterExamplesAreNot()
    {
        using var store = ModelStore.Open(Repository.PathOf("models"));
        var detectors = store.Families.SelectMany(f => f.Detectors.Select(d => (Family: f, Detector: d))).ToArray();
        Assert.Contains(detectors, d => d.Detector.Entity == "PERSON");

        foreach (var (family, detector) in detectors)
        {
            var plan = new DetectionPlan([family.Compile([detector])]);
            Assert.All(detector.Examples, text => Assert.NotEqual(0, Count(plan, text)));
            Assert.All(detector.CounterExamples, text => Assert.Equal(0, Count(plan, text)));
        }
    }

    private static int Count(DetectionPlan plan, string text)
    {
        var findings = new FindingCollector();
        plan.Inspect(text, findings);
        return findings.Count;
    }
}
