using System.Text;
using EdgeFilter.Detection.Normalization.Facts;
using EdgeFilter.Testing;

namespace EdgeFilter.Detection.Tests.Normalization.Facts;

public sealed class TextFactFamilyTests
{
    private static readonly TextFactFamily Family = new();
    private static readonly DetectionPlan Plan = new([Family.Compile([.. Family.Detectors])]);

    public static TheoryData<string, string> Examples => Of(d => d.Examples);

    public static TheoryData<string, string> CounterExamples => Of(d => d.CounterExamples);

    [Theory]
    [MemberData(nameof(Examples))]
    public void Recognise_Example_IsFound(string detector, string text) =>
        Assert.Contains(Find(text), f => f.Detector.Id == detector);

    [Theory]
    [MemberData(nameof(CounterExamples))]
    public void Recognise_CounterExample_IsSilent(string detector, string text) =>
        Assert.DoesNotContain(Find(text), f => f.Detector.Id == detector);

    [Fact]
    public void Recognise_LongHiddenMessage_IsCoveredWhole()
    {
        var hidden = string.Concat(Enumerable.Range(0, 300).Select(i => char.ConvertFromUtf32(0xE0041 + (i % 26))));

        var found = Find("see " + hidden + " this").Where(f => f.Entity == "INVISIBLE_TEXT").ToArray();

        Assert.Equal(hidden.Length, found.Sum(f => f.Span.Length));
        Assert.Equal(4, found[0].Span.Start);
    }

    [Theory]
    [InlineData("The flag of Wales 🏴\U000E0067\U000E0062\U000E0077\U000E006C\U000E0073\U000E007F waves.")]
    [InlineData("\uFEFFA file with a byte order mark.")]
    [InlineData("A link: https://example.com/some/long/path/to/a/PageAboutNothing?query=AndMore")]
    public void Recognise_OrdinaryText_IsSilent(string text) => Assert.Empty(Find(text));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Stream_AnyCut_FindsWhatTheWholeTextShows(int seed) => StreamingLaw.Check(
        Plan,
        [
            .. Family.Detectors.SelectMany(d => d.Examples.Concat(d.CounterExamples)),
            new string('\u200b', 130), string.Concat(Enumerable.Repeat("\U000E0041", 70)),
            Convert.ToBase64String(Encoding.UTF8.GetBytes("a sentence that is long enough to be called text")),
            Convert.ToBase64String(Encoding.UTF8.GetBytes("short one, but")),
        ],
        [.. Evasions.All.Where(e => e.Name is "tag-characters" or "base64" or "hexadecimal" or "variation-selector" or "base32")],
        rounds: 150,
        seed: seed);

    private static Finding[] Find(string text)
    {
        var findings = new FindingCollector();
        Plan.Inspect(text, findings);
        return findings.Findings.ToArray();
    }

    private static TheoryData<string, string> Of(Func<DetectorInfo, IReadOnlyList<string>> texts)
    {
        var data = new TheoryData<string, string>();
        foreach (var detector in Family.Detectors)
        {
            foreach (var text in texts(detector))
            {
                data.Add(detector.Id, text);
            }
        }

        return data;
    }
}
