using System.Diagnostics;
using EdgeFilter.Detection.Identifiers;
using Xunit;

namespace EdgeFilter.Detection.Tests.Identifiers;

public class LinearityTests
{
    private const int Size = 16_384;

    private static readonly IdentifierFamily Family = new();
    private static readonly IRecogniser Recogniser = Family.Compile([.. Family.Detectors]);

    [Theory]
    [InlineData("7")]
    [InlineData("@")]
    [InlineData("a@")]
    [InlineData("a.")]
    [InlineData("1.")]
    [InlineData("1:")]
    [InlineData("::")]
    [InlineData("<")]
    [InlineData("A1")]
    [InlineData("http://")]
    [InlineData("password: ")]
    [InlineData("ssn passport 1 ")]
    [InlineData("+1 ")]
    [InlineData("AB ")]
    public void Recognise_TwiceTheText_TakesAboutTwiceAsLong(string pattern)
    {
        var text = string.Concat(Enumerable.Repeat(pattern, (2 * Size / pattern.Length) + 1));

        // A quadratic pass takes four times as long. Other processes may take their share of any run: only the smallest count.
        var (single, twice) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < 250 && (round < 10 || twice > 2.6 * single); round++)
        {
            single = Math.Min(single, Time(text.AsSpan(0, Size)));
            twice = Math.Min(twice, Time(text.AsSpan(0, 2 * Size)));
        }

        Assert.True(twice < (3.2 * single) + 0.001, $"{single * 1000:0.00} ms for one, {twice * 1000:0.00} ms for two.");
    }

    [Fact]
    public void Recognise_TextWithoutCandidates_AllocatesNothing()
    {
        const string Text = "Nothing of interest happens in this sentence, nor in the one that follows it: prose, and no figures at all.";
        var findings = new FindingCollector();
        Recogniser.Recognise(new TextWindow(Text), findings);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Recogniser.Recognise(new TextWindow(Text), findings);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static double Time(ReadOnlySpan<char> text)
    {
        var findings = new FindingCollector();
        var start = Stopwatch.GetTimestamp();
        Recogniser.Recognise(new TextWindow(text), findings);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
