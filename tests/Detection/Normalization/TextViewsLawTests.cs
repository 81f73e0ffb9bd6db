using EdgeFilter.Testing;

namespace EdgeFilter.Detection.Tests.Normalization;

/// <summary>Law 1 over every view: what a stream shows is what the whole text shows, however either is disguised and cut.</summary>
public sealed class TextViewsLawTests
{
    private const string DistantContext = "card, as told by the lady at the desk 4111111111111111";

    // Dense enough that what a recogniser looks back to is hundreds of code units away.
    private static readonly Evasion Buried = new(
        "buried", s => string.Join("\u200B\u2060\u200D\uFEFF\u200B\u2060\u200D\uFEFF\u200B\u2060\u200D\uFEFF", s.Select(c => c.ToString())));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Stream_SeedsBetweenFiller_FindsWhatTheWholeTextShows(int seed) =>
        StreamingLaw.Check(SampleRecognisers.Plan, SampleRecognisers.Seeds, seed: seed);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Stream_DisguisedSeeds_FindsWhatTheWholeTextShows(int seed) => StreamingLaw.Check(
        SampleRecognisers.Plan,
        [.. SampleRecognisers.Seeds, DistantContext, "tuc_nopqrs0123456789", "fx- tuc_nopqrs0123456789", "wnar.qbr@rknzcyr.pbz fx-"],
        [.. Evasions.All, Evasions.Rot13, Buried],
        rounds: 150,
        seed: seed);

    [Fact]
    public void Stream_ContextBuriedInInvisibleText_CountsAsInTheWholeText() =>
        StreamingLaw.CheckText(SampleRecognisers.Plan, "The " + Buried.Apply(DistantContext) + " was charged.");
}
