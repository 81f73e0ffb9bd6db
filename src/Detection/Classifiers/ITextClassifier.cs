namespace EdgeFilter.Detection.Classifiers;

/// <summary>A local model that scores a piece of text. Immutable once loaded, safe for concurrent use.</summary>
public interface ITextClassifier
{
    /// <summary>The name that policies and <c>classify --model</c> use: <c>prompt-attack</c>.</summary>
    string Name { get; }

    /// <summary>The labels it scores, in the order of the scores.</summary>
    IReadOnlyList<string> Labels { get; }

    /// <summary>The longest piece that it judges at once, in UTF-16 code units. Longer text is judged in windows.</summary>
    int WindowLength { get; }

    /// <summary>How much of a window the next one judges again; see <see cref="ClassifierWindows"/>.</summary>
    int WindowOverlap => WindowLength / 8;

    /// <summary>Scores one window.</summary>
    /// <param name="window">At most <see cref="WindowLength"/> code units; more is ignored.</param>
    /// <param name="scores">Receives one calibrated probability, 0 to 1, for each label.</param>
    /// <exception cref="ClassifierException">The model could not answer; the policy says what follows.</exception>
    void Score(ReadOnlySpan<char> window, Span<float> scores);

    /// <summary>Scores one window as <see cref="Score"/> does.</summary>
    /// <returns>The last stage that had a say in the scores.</returns>
    /// <exception cref="ClassifierException">The model could not answer; the policy says what follows.</exception>
    ClassifierStage Answer(ReadOnlySpan<char> window, Span<float> scores)
    {
        Score(window, scores);
        return ClassifierStage.Fast;
    }

    /// <summary>One stage alone, whatever the others would say; null where there is no such stage.</summary>
    ITextClassifier? Only(ClassifierStage stage) => stage == ClassifierStage.Fast ? this : null;

    /// <summary>
    /// The classifier for rules that apply from a score of <paramref name="bar"/> on. A screen is measured for the bars that are in
    /// use: a rule that asks for less evidence gets the model without it. The same bar gives the same instance.
    /// </summary>
    ITextClassifier ForBar(float bar) => this;

    /// <summary>
    /// The threshold that the manifest names (<c>strict</c>, <c>balanced</c>, <c>permissive</c>) for a label, or null where it names none.
    /// </summary>
    float? NamedThreshold(string label, string name);
}

/// <summary>A classifier can't answer: not loaded, digest mismatch, out of time. The message names the model, never the text.</summary>
public sealed class ClassifierException : Exception
{
    public ClassifierException(string message)
        : base(message)
    {
    }

    public ClassifierException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public ClassifierException()
        : base("The classifier could not answer.")
    {
    }
}
