using EdgeFilter.Detection.Catalog;
using EdgeFilter.Detection.Identifiers;
using Xunit;
using Xunit.Abstractions;

namespace EdgeFilter.Detection.Tests.Catalog;

public class BuiltInDetectorsTests(ITestOutputHelper output)
{
    private static readonly DetectorCatalog All = BuiltInDetectors.CreateCatalog();
    private static readonly HashSet<string> IdentifierIds = [.. new IdentifierFamily().Detectors.Select(d => d.Id)];

    [Fact]
    public void Examples_OfEveryDetector_AreFound()
    {
        var missed = new List<string>();
        foreach (var detector in All.Detectors)
        {
            var plan = All.Compile([detector]);
            var findings = new FindingCollector();
            foreach (var example in detector.Examples)
            {
                plan.Inspect(example, findings);
                if (findings.Findings.ToArray().All(f => f.Detector != detector || !ReachesEnd(f, example)))
                {
                    missed.Add($"{detector.Id}: {example}");
                }
            }
        }

        output.WriteLine(string.Join('\n', missed));
        Assert.Empty(missed);
    }

    // The examples of identifiers end with the value; a label may stand before it.
    private static bool ReachesEnd(Finding finding, string example) =>
        !IdentifierIds.Contains(finding.Detector.Id) || finding.Span.End == example.Length;

    [Fact]
    public void CounterExamples_OfEveryDetector_AreNotLikely()
    {
        var found = new List<string>();
        foreach (var detector in All.Detectors)
        {
            var plan = All.Compile([detector]);
            var findings = new FindingCollector();
            foreach (var example in detector.CounterExamples)
            {
                plan.Inspect(example, findings);
                foreach (var finding in findings.Findings)
                {
                    if (finding.Level >= ConfidenceLevel.Likely)
                    {
                        found.Add($"{detector.Id}: {example} at {finding.Span}");
                    }
                }
            }
        }

        output.WriteLine(string.Join('\n', found));
        Assert.Empty(found);
    }
}
