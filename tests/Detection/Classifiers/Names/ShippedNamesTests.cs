using EdgeFilter.Detection.Classifiers.Models;
using EdgeFilter.Testing;
using Xunit;

namespace EdgeFilter.Detection.Tests.Classifiers.Names;

public sealed class ShippedNamesTests : IDisposable
{
    private readonly ModelStore store = ModelStore.Open(Repository.PathOf("models"));

    public void Dispose() => store.Dispose();

    [Fact]
    public void Examples_AreFound_CounterExamplesAreNot()
    {
        var detectors = store.Families.SelectMany(f => f.Detectors.Select(d => (Family: f, Detector: d))).ToArray();
        Assert.Contains(detectors, d => d.Detector.Entity == "PERSON");

        foreach (var (family, detector) in detectors)
        {
            var plan = new DetectionPlan([family.Compile([detector])]);
            Assert.All(detector.Examples, text => Assert.NotEmpty(Found(plan, text)));
            Assert.All(detector.CounterExamples, text => Assert.Empty(Found(plan, text)));
        }
    }

    [Theory]
    [InlineData("Please ask Dr Mcdonald or Mr. Villega; regards,\nVladi Petrov", "Mcdonald|Villega|Vladi Petrov")]
    [InlineData("Dear Mr Okonkwo-Bates,\nthank you for your order.\nKind regards,\nAnneliese Krüger", "Okonkwo-Bates|Anneliese Krüger")]
    [InlineData("Patient: Tomasz Wiśniewski, born 12.03.1971", "Tomasz Wiśniewski")]
    [InlineData("my name is sarah connor", "sarah connor")]
    [InlineData("GitHub Actions runs on Ubuntu; Python and React are needed.", "")]
    public void Persons_AsPeopleWrite_AreFoundWithoutThePunctuationAroundThem(string text, string expected)
    {
        var family = store.Families.Single(f => f.Detectors.Any(d => d.Entity == "PERSON"));
        var plan = new DetectionPlan([family.Compile([family.Detectors.Single(d => d.Entity == "PERSON")])]);

        Assert.Equal(expected, string.Join('|', Found(plan, text)));
    }

    private static List<string> Found(DetectionPlan plan, string text)
    {
        var collector = new FindingCollector();
        plan.Inspect(text, collector);
        var found = new List<string>();
        foreach (var finding in collector.Findings)
        {
            found.Add(text.Substring(finding.Span.Start, finding.Span.Length));
        }

        return found;
    }
}
