using EdgeFilter.Detection.Classifiers.Evaluation;
using Xunit;

namespace EdgeFilter.Detection.Tests.Classifiers.Evaluation;

public sealed class ClassifierMetricsTests
{
    [Fact]
    public void Of_PerfectScores()
    {
        var metrics = ClassifierMetrics.Of(Texts((0.9f, true), (0.8f, true), (0.2f, false), (0.1f, false)));

        Assert.Equal(1, metrics.Auroc);
        Assert.Equal(1, metrics.Auprc);
    }

    [Fact]
    public void Of_KnownOrder_GivesTheFiguresWorkedOutByHand()
    {
        // Ranks: + - + -. Of four pairs three are right; average precision is (1/1 + 2/3) / 2.
        var metrics = ClassifierMetrics.Of(Texts((0.9f, true), (0.7f, false), (0.6f, true), (0.2f, false)));

        Assert.Equal(0.75, metrics.Auroc, 9);
        Assert.Equal(5.0 / 6, metrics.Auprc, 9);
    }

    [Fact]
    public void Of_AllTied_IsChance()
    {
        var metrics = ClassifierMetrics.Of(Texts((0.5f, true), (0.5f, false), (0.5f, false), (0.5f, false)));

        Assert.Equal(0.5, metrics.Auroc, 9);
        Assert.Equal(0.25, metrics.Auprc, 9);
        Assert.Equal(0.25, metrics.CalibrationError, 6);
    }

    [Fact]
    public void Of_OneKindOnly_IsUndefined()
    {
        Assert.True(double.IsNaN(ClassifierMetrics.Of(Texts((0.5f, false))).Auroc));
        Assert.True(double.IsNaN(ClassifierMetrics.Of(Texts((0.5f, true))).Auroc));
        Assert.True(double.IsNaN(ClassifierMetrics.Of([]).CalibrationError));
    }

    [Fact]
    public void At_CountsFromTheBarOn()
    {
        var at = ClassifierMetrics.At(0.6, Texts((0.9f, true), (0.7f, false), (0.6f, true), (0.5f, true), (0.2f, false)));

        Assert.Equal(2.0 / 3, at.Precision, 9);
        Assert.Equal(2.0 / 3, at.Recall, 9);
        Assert.Equal(2.0 / 3, at.F1, 9);
        Assert.Equal(0.5, at.FalseAlarms, 9);
    }

    [Fact]
    public void Plot_EscapesItsTitle()
    {
        var plot = ReliabilityPlot.Draw("<script>", ClassifierMetrics.Of(Texts((0.9f, true), (0.1f, false))));

        Assert.DoesNotContain("<script>", plot, StringComparison.Ordinal);
        Assert.StartsWith("<svg", plot, StringComparison.Ordinal);
    }

    private static IEnumerable<ScoredText> Texts(params (float Score, bool IsPositive)[] texts) => texts.Select(t => new ScoredText(t.Score, t.IsPositive, "s", "en"));
}
