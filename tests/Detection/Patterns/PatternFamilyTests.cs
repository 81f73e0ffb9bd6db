using EdgeFilter.Detection;
using EdgeFilter.Detection.Patterns;
using EdgeFilter.Testing;

namespace EdgeFilter.Detection.Tests.Patterns;

public sealed class PatternFamilyTests
{
    private static readonly DetectorInfo Info = new()
    {
        Id = "acme/pattern/ticket", Entity = "TICKET", Name = "ticket", Category = "own", Strength = DetectorStrength.Pattern,
    };

    [Fact]
    public void Inspect_WithoutContextWords_IsLikely()
    {
        var finding = Assert.Single(Find(@"\bTCK-\d{4,6}\b", [], "see TCK-12345."));
        Assert.Equal(new TextSpan(4, 9), finding.Span);
        Assert.Equal(ConfidenceLevel.Likely, finding.Level);
    }

    [Theory]
    [InlineData("ticket TCK-1234", ConfidenceLevel.Likely)]
    [InlineData("TCK-1234 is the Ticket", ConfidenceLevel.Likely)]
    [InlineData("TCK-1234 is a name", ConfidenceLevel.Possible)]
    public void Inspect_ContextWords_DecideHowSure(string text, ConfidenceLevel level) =>
        Assert.Equal(level, Assert.Single(Find(@"TCK-\d{4}", ["ticket"], text)).Level);

    [Theory]
    [InlineData("xTCK-1234")]
    [InlineData("TCK-12345678")]
    [InlineData("TCK-123")]
    public void Inspect_BoundaryOrShapeFails_FindsNothing(string text) => Assert.Empty(Find(@"\bTCK-\d{4,6}\b", [], text));

    [Theory]
    [InlineData(@"\bTCK-\d{4,6}\b")]
    [InlineData(@"[a-z]+@[a-z]+")]
    [InlineData("a.*b")]
    public void Inspect_Streams_AgreeWithWholeTexts(string pattern) =>
        StreamingLaw.Check(
            Plan(pattern, ["ticket", "mail"]),
            ["TCK-1234", "ticket TCK-123456", "TCK-1234567", "a@b", "aaa xx b", "ticket", "mail", "abc@def.example"],
            rounds: 150);

    private static DetectionPlan Plan(string pattern, string[] context) =>
        new DetectorCatalog([new PatternFamily(Info, [LinearPattern.Parse(pattern, unboundedLength: 256)], context)]).Compile([Info]);

    private static Finding[] Find(string pattern, string[] context, string text)
    {
        var findings = new FindingCollector();
        Plan(pattern, context).Inspect(text, findings);
        return findings.Findings.ToArray();
    }
}
