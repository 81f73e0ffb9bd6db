using EdgeFilter.Detection.Catalog;
using Xunit;

namespace EdgeFilter.Detection.Tests.Secrets;

/// <summary>The middle of a long word is not searched: what stands at its edges still is, and what stands beside it.</summary>
public class LongWordsTests
{
    private const string Key = "AKIAZ7PQ3MLDWX5RTNB2";
    private static readonly DetectionPlan Plan = PlanOfAws();

    [Fact]
    public void Inspect_KeyBesideALongWord_IsFound()
    {
        for (var length = 0; length < 900; length += 7)
        {
            var word = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i * 7 % 26))));
            Assert.Equal(1, Count($"{word} {Key} {word}"));
            Assert.Equal(1, Count($"{word}.{Key}.{word}"));
            Assert.Equal(1, Count($"{word}\\n{Key}"));
        }
    }

    [Fact]
    public void Inspect_KeyInsideALongWord_IsNone()
    {
        for (var length = 1; length < 900; length += 7)
        {
            var word = new string('x', length);
            Assert.Equal(0, Count($"{word}{Key}{word}"));
        }
    }

    private static DetectionPlan PlanOfAws()
    {
        var catalog = BuiltInDetectors.CreateCatalog();
        return catalog.Compile([catalog.Find("aws-access-key-id")!]);
    }

    private static int Count(string text)
    {
        var findings = new FindingCollector();
        Plan.Inspect(text, findings);
        return findings.Count;
    }
}
