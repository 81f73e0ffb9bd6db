using EdgeFilter.Detection.Classifiers;

namespace EdgeFilter.Detection.Tests.Classifiers;

/// <summary>Gives the same scores for every text, and counts how often it was asked.</summary>
internal sealed class FixedClassifier(string[] labels, float[] given, ClassifierStage stage = ClassifierStage.Fast) : ITextClassifier
{
    public int Asked { get; private set; }

    public string Name => "fixed";

    public IReadOnlyList<string> Labels => labels;

    public int WindowLength => 100;

    public int WindowOverlap => 20;

    public void Score(ReadOnlySpan<char> window, Span<float> scores)
    {
        Asked++;
        given.CopyTo(scores);
    }

    public ClassifierStage Answer(ReadOnlySpan<char> window, Span<float> scores)
    {
        Score(window, scores);
        return stage;
    }

    public float? NamedThreshold(string label, string name) => null;
}
