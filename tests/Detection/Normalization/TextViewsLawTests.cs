using EdgeFilter.Testing;

namespace EdgeFilter.Detection.Tests.Normalization;

public sealed class TextViewsLawTests
{
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
        SampleRecognisers.Plan, SampleRecognisers.Seeds, [.. Evasions.All, Evasions.Rot13], rounds: 400, seed: seed);
}
