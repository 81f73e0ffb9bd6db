using EdgeFilter.Detection.Classifiers;
using EdgeFilter.Detection.Classifiers.Models;
using Xunit;

namespace EdgeFilter.Detection.Tests.Classifiers;

public sealed class CascadeClassifierTests
{
    private static readonly FullStage Stage = new("full", "1.0.0", new Dictionary<string, ScoreBand> { ["attack"] = new(0.3f, 0.9f) });

    [Theory]
    [InlineData(0.3f, true)]
    [InlineData(0.5f, true)]
    [InlineData(0.9f, true)]
    [InlineData(0.29f, false)]
    [InlineData(0.91f, false)]
    public void Answer_ByScore_AsksTheFullStageWithinTheBandOnly(float score, bool asks)
    {
        var full = new FixedClassifier(["attack"], [0.77f]);
        var cascade = new CascadeClassifier(new FixedClassifier(["attack"], [score]), full, Stage);
        var scores = new float[1];

        var stage = cascade.Answer("text", scores);

        Assert.Equal(asks ? ClassifierStage.Full : ClassifierStage.Fast, stage);
        Assert.Equal(asks ? 0.77f : score, scores[0]);
        Assert.Equal(asks ? 1 : 0, full.Asked);
    }

    [Fact]
    public void Answer_OtherLabels_KeepTheirScoresAndOrder()
    {
        // The full stage knows its labels in another order, and one more.
        var full = new FixedClassifier(["other", "quiet", "attack"], [0.1f, 0.2f, 0.3f]);
        var cascade = new CascadeClassifier(new FixedClassifier(["attack", "quiet"], [0.5f, 0.6f]), full, Stage);
        var scores = new float[2];

        cascade.Answer("text", scores);

        Assert.Equal([0.3f, 0.6f], scores);
    }

    [Fact]
    public void Answer_SettledByTheScreen_AsksNobodyElse()
    {
        var full = new FixedClassifier(["attack"], [0.77f]);
        var cascade = new CascadeClassifier(new FixedClassifier(["attack"], [0.4f], ClassifierStage.Screen), full, Stage);
        var scores = new float[1];

        Assert.Equal(ClassifierStage.Screen, cascade.Answer("text", scores));
        Assert.Equal((0.4f, 0), (scores[0], full.Asked));
    }

    [Fact]
    public void Answer_BusyMachine_DoesWithoutTheFullStageAndSaysSo()
    {
        var governor = new ModelGovernor(new ModelRuntimeOptions { LongestWait = TimeSpan.FromMilliseconds(10) }, TimeProvider.System, () => TimeSpan.Zero);
        var full = new FixedClassifier(["attack"], [0.77f]);
        var cascade = new CascadeClassifier(new FixedClassifier(["attack"], [0.5f]), new GovernedClassifier(full, governor, TimeSpan.FromSeconds(5)), Stage, governor);
        var scores = new float[1];

        Assert.Equal((ClassifierStage.Full, 1), (cascade.Answer("text", scores), full.Asked));
        governor.Observe(TimeSpan.FromMilliseconds(20));
        Assert.Equal((ClassifierStage.Fast, 1), (cascade.Answer("text", scores), full.Asked));
        Assert.Equal(0.5f, scores[0]);

        // Beyond that what is uncertain is a failure, and the policy says what follows; what is certain is answered.
        governor.Observe(TimeSpan.FromMilliseconds(100));
        Assert.Throws<ClassifierException>(() => cascade.Answer("text", new float[1]));
        Assert.Equal(ClassifierStage.Fast, new CascadeClassifier(new FixedClassifier(["attack"], [0.95f]), full, Stage, governor).Answer("text", new float[1]));
    }

    [Fact]
    public void Answer_FullStageFails_Throws()
    {
        var cascade = new CascadeClassifier(new FixedClassifier(["attack"], [0.5f]), new FailingClassifier(), Stage);

        Assert.Throws<ClassifierException>(() => cascade.Answer("text", new float[1]));
    }

    [Fact]
    public void Answer_LongerThanTheFullStageReads_ItReadsWindowByWindow()
    {
        var full = new FixedClassifier(["attack"], [0.77f]);
        var cascade = new CascadeClassifier(new FixedClassifier(["attack"], [0.5f]), full, Stage);

        cascade.Answer(new string('x', 250), new float[1]);

        Assert.Equal(3, full.Asked);
    }

    [Fact]
    public void Only_GivesEachStageByItself()
    {
        var first = new FixedClassifier(["attack"], [0.5f]);
        var full = new FixedClassifier(["attack"], [0.77f]);
        var cascade = new CascadeClassifier(first, full, Stage);

        Assert.Same(first, cascade.Only(ClassifierStage.Fast));
        Assert.Same(full, cascade.Only(ClassifierStage.Full));
        Assert.Null(cascade.Only(ClassifierStage.Screen));
    }

    private sealed class FailingClassifier : ITextClassifier
    {
        public string Name => "failing";

        public IReadOnlyList<string> Labels { get; } = ["attack"];

        public int WindowLength => 100;

        public void Score(ReadOnlySpan<char> window, Span<float> scores) => throw new ClassifierException("It could not answer.");

        public float? NamedThreshold(string label, string name) => null;
    }
}
