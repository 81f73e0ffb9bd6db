namespace EdgeFilter.Detection.Classifiers;

/// <summary>
/// The windows in which a long text is judged: they begin at fixed distances from the text's start, so that they are the same
/// however the text arrived. A text's score is the highest of any window.
/// </summary>
/// <param name="Length">Length of a window, in UTF-16 code units.</param>
/// <param name="Overlap">How much of a window the next one judges again, so that nothing hides on a border.</param>
public readonly record struct ClassifierWindows(int Length, int Overlap)
{
    /// <summary>From one window's beginning to the next.</summary>
    public int Step => Length - Overlap;

    public static ClassifierWindows Of(ITextClassifier classifier) => new(classifier.WindowLength, classifier.WindowOverlap);

    /// <summary>How many windows a text of this length has; at least one.</summary>
    public int Count(int length) => length <= Length ? 1 : 1 + ((length - Length + Step - 1) / Step);

    /// <summary>How many windows no continuation of a text can change.</summary>
    public int CompleteCount(int length) => length < Length ? 0 : 1 + ((length - Length) / Step);

    /// <summary>The place of a window in a text of this length.</summary>
    public TextSpan Window(int index, int length)
    {
        var start = index * Step;
        return new TextSpan(start, Math.Min(Length, length - start));
    }

    /// <summary>Scores a whole text: for each label, the highest probability in any window.</summary>
    /// <returns>The last stage that any window needed.</returns>
    /// <exception cref="ClassifierException">The model could not answer.</exception>
    public static ClassifierStage Score(ITextClassifier classifier, ReadOnlySpan<char> text, Span<float> scores)
    {
        var windows = Of(classifier);
        var count = windows.Count(text.Length);
        var labels = classifier.Labels.Count;
        var stage = classifier.Answer(Slice(text, windows.Window(0, text.Length)), scores);
        Span<float> more = stackalloc float[labels <= 256 ? labels : 0];
        more = labels <= 256 ? more : new float[labels];
        for (var i = 1; i < count; i++)
        {
            var next = classifier.Answer(Slice(text, windows.Window(i, text.Length)), more);
            stage = next > stage ? next : stage;
            for (var label = 0; label < labels; label++)
            {
                scores[label] = Math.Max(scores[label], more[label]);
            }
        }

        return stage;
    }

    private static ReadOnlySpan<char> Slice(ReadOnlySpan<char> text, TextSpan span) => text.Slice(span.Start, span.Length);
}
