namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>
/// A model, and a larger one that is asked about what it is uncertain of. Each label goes by itself: a score inside its band is
/// replaced by the larger model's, every other score stays.
/// </summary>
internal sealed class CascadeClassifier : ITextClassifier, IDisposable
{
    private readonly ITextClassifier first;
    private readonly ITextClassifier full;
    private readonly Band[] bands;
    private readonly ModelGovernor? governor;
    private readonly CascadeClassifier? withoutScreen;

    /// <param name="first">The model that is always asked; it is disposed with this one.</param>
    /// <param name="full">The larger model, which belongs to whoever opened it.</param>
    /// <param name="stage">The bands; every label must be one that both models know.</param>
    /// <param name="governor">Says when a busy machine does without the larger model.</param>
    public CascadeClassifier(ITextClassifier first, ITextClassifier full, FullStage stage, ModelGovernor? governor = null)
        : this(first, full, [.. stage.Bands.Select(b => new Band(IndexOf(first, b.Key), IndexOf(full, b.Key), b.Value))], governor)
    {
    }

    private CascadeClassifier(ITextClassifier first, ITextClassifier full, Band[] bands, ModelGovernor? governor)
    {
        this.first = first;
        this.full = full;
        this.bands = bands;
        this.governor = governor;
        withoutScreen = first.Only(ClassifierStage.Fast) is { } model && model != first ? new CascadeClassifier(model, full, bands, governor) : null;
    }

    public string Name => first.Name;

    public IReadOnlyList<string> Labels => first.Labels;

    public int WindowLength => first.WindowLength;

    public int WindowOverlap => first.WindowOverlap;

    public void Score(ReadOnlySpan<char> window, Span<float> scores) => Answer(window, scores);

    public ClassifierStage Answer(ReadOnlySpan<char> window, Span<float> scores)
    {
        var stage = first.Answer(window, scores);
        if (stage == ClassifierStage.Screen || !IsUncertain(scores) || governor?.Level == GovernorLevel.FirstStages)
        {
            return stage;
        }

        Span<float> second = stackalloc float[full.Labels.Count <= 256 ? full.Labels.Count : 0];
        second = second.Length > 0 ? second : new float[full.Labels.Count];
        ClassifierWindows.Score(full, window, second);
        foreach (var band in bands)
        {
            if (band.Scores.Contains(scores[band.Label]))
            {
                scores[band.Label] = second[band.FullLabel];
            }
        }

        return ClassifierStage.Full;
    }

    public ITextClassifier? Only(ClassifierStage stage) => stage == ClassifierStage.Full ? full : first.Only(stage);

    public ITextClassifier ForBar(float bar) => first.ForBar(bar) == first ? this : withoutScreen ?? this;

    public float? NamedThreshold(string label, string name) => first.NamedThreshold(label, name);

    public void Dispose() => (first as IDisposable)?.Dispose();

    private static int IndexOf(ITextClassifier classifier, string label)
    {
        for (var i = 0; i < classifier.Labels.Count; i++)
        {
            if (classifier.Labels[i] == label)
            {
                return i;
            }
        }

        throw new ArgumentException($"'{classifier.Name}' does not know the label '{label}'.", nameof(label));
    }

    private bool IsUncertain(ReadOnlySpan<float> scores)
    {
        foreach (var band in bands)
        {
            if (band.Scores.Contains(scores[band.Label]))
            {
                return true;
            }
        }

        return false;
    }

    private readonly record struct Band(int Label, int FullLabel, ScoreBand Scores);
}
