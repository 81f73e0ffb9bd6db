using EdgeFilter.Detection;
using EdgeFilter.Detection.Links;
using EdgeFilter.Testing;

namespace EdgeFilter.Detection.Tests.Links;

public sealed class LinkFamilyTests
{
    private static readonly DetectorCatalog Catalog = new([new LinkFamily()]);
    private static readonly DetectionPlan Plan = Catalog.Compile(Catalog.Detectors);

    public static TheoryData<string, string> Examples
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var detector in Catalog.Detectors)
            {
                foreach (var example in detector.Examples)
                {
                    data.Add(detector.Entity, example);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Inspect_Example_FindsTheAddressFromItsFirstCharacterOn(string entity, string text)
    {
        var finding = Assert.Single(Find($"see {text} please"), f => f.Entity == entity);
        Assert.Equal(4, finding.Span.Start);
        Assert.True(finding.Span.End >= 4 + text.IndexOf("example.com", StringComparison.Ordinal) + "example.com".Length);
    }

    [Theory]
    [InlineData("Wow! [1] see below")]
    [InlineData("if (a < imgs.length) return b[0](x);")]
    [InlineData("as shown in [12] (page 3)")]
    [InlineData("[note](page 3) and ![x](y.png)")]
    [InlineData("<p>one</p> <imgs src=\"//x\">")]
    public void Inspect_OrdinaryText_FindsNothing(string text) => Assert.Empty(Find(text));

    [Theory]
    [InlineData("![a](https://e.example/?q=")]
    [InlineData("<img src=\"https://e.example/?q=")]
    [InlineData("[a]: https://e.example/?q=")]
    public void Inspect_EndlessAddress_IsFoundAllTheSame(string beginning) =>
        Assert.NotEmpty(Find(beginning + new string('x', 100_000)));

    [Fact]
    public void Inspect_Streams_AgreeWithWholeTexts() =>
        StreamingLaw.Check(
            Plan,
            [.. Catalog.Detectors.SelectMany(d => d.Examples.Concat(d.CounterExamples)), "![a", "<im", "[x](//e/", "![a]("],
            rounds: 300);

    private static Finding[] Find(string text)
    {
        var findings = new FindingCollector();
        Plan.Inspect(text, findings);
        return findings.Findings.ToArray();
    }
}
