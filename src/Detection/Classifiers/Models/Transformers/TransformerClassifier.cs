using EdgeFilter.Detection.Tokenizers;

namespace EdgeFilter.Detection.Classifiers.Models.Transformers;

/// <summary>A Hugging Face model for text classification.</summary>
internal sealed class TransformerClassifier : ITextClassifier, IDisposable
{
    [ThreadStatic]
    private static EncodedText? encoded;

    private readonly TransformerModel model;
    private readonly ModelManifest manifest;
    private readonly AnswerCache<float[]> answers;

    /// <summary>Takes over the model.</summary>
    public TransformerClassifier(TransformerModel model, ModelManifest manifest, ModelRuntimeOptions options)
    {
        this.model = model;
        this.manifest = manifest;
        answers = new AnswerCache<float[]>(options.CacheEntries);
        Labels = [.. manifest.Labels.Select(l => l.Label)];
    }

    public string Name => manifest.Model;

    public IReadOnlyList<string> Labels { get; }

    public int WindowLength => manifest.Window.Length;

    public int WindowOverlap => manifest.Window.Overlap;

    public void Score(ReadOnlySpan<char> window, Span<float> scores)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scores.Length, Labels.Count);
        if (window.Length > WindowLength)
        {
            window = window[..WindowLength];
        }

        var name = answers.Name(window);
        var answer = answers.Find(name);
        if (answer is null)
        {
            answer = Judge(window);
            answers.Add(name, answer);
        }

        answer.CopyTo(scores);
    }

    public float? NamedThreshold(string label, string name) =>
        manifest.Labels.FirstOrDefault(l => l.Label == label)?.Thresholds.GetValueOrDefault(name)?.At;

    public void Dispose() => model.Dispose();

    private float[] Judge(ReadOnlySpan<char> window)
    {
        var text = encoded ??= new EncodedText();
        model.Encode(window, text);
        var rows = new List<TokenRow>();
        model.Windows.Add(text, rows);
        model.Run(rows);
        var highest = new float[Labels.Count];
        foreach (var row in rows)
        {
            var scores = Probabilities.Of(row.Result!, manifest.Task);
            for (var label = 0; label < highest.Length; label++)
            {
                highest[label] = Math.Max(highest[label], scores[label]);
            }
        }

        return highest;
    }
}
