namespace EdgeFilter.Detection.Tests;

public sealed class OverlapsTests
{
    private static readonly DetectorInfo Short = Info("short", "SHORT", 0);
    private static readonly DetectorInfo Long = Info("long", "LONG", 0);

    [Fact]
    public void Resolve_LongerCoversShorterOfSameLevel_KeepsTheLonger()
    {
        var findings = new FindingCollector();
        findings.Add(Short, 4, 3, Confidence.StrongChecksum);
        findings.Add(Long, 2, 9, Confidence.StrongChecksum);

        Overlaps.Resolve(findings);

        Assert.Equal("long", Assert.Single(findings.Findings.ToArray()).Detector.Id);
    }

    [Fact]
    public void Resolve_WeakCoversCertain_KeepsBoth()
    {
        var findings = new FindingCollector();
        findings.Add(Short, 4, 3, Confidence.StrongChecksum);
        findings.Add(Long, 2, 9, Confidence.WeakPattern);

        Overlaps.Resolve(findings);

        Assert.Equal(2, findings.Count);
    }

    private static DetectorInfo Info(string id, string entity, int specificity) => new()
    {
        Id = id, Entity = entity, Name = id, Category = "test", Strength = DetectorStrength.Pattern, Specificity = specificity,
    };
}
