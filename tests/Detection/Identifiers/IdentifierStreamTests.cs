using EdgeFilter.Detection.Identifiers;
using EdgeFilter.Testing;
using Xunit;

namespace EdgeFilter.Detection.Tests.Identifiers;

public class IdentifierStreamTests
{
    private static readonly DetectorCatalog Identifiers = new([new IdentifierFamily()]);

    [Fact]
    public void Stream_AllIdentifiersAtOnce_EqualsWholeText()
    {
        var seeds = Identifiers.Detectors.SelectMany(d => d.Examples.Concat(d.CounterExamples)).ToArray();
        StreamingLaw.Check(Identifiers.Compile(Identifiers.Detectors), seeds, rounds: 150, seed: 3);
    }

    [Fact]
    public void Stream_EachIdentifierAlone_EqualsWholeText()
    {
        foreach (var detector in Identifiers.Detectors)
        {
            var plan = Identifiers.Compile([detector]);
            StreamingLaw.Check(plan, [.. detector.Examples, .. detector.CounterExamples], rounds: 6, seed: 11);
        }
    }
}
