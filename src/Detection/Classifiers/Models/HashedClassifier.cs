namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>A shipped model: hashed rows in, one probability for each label out.</summary>
internal sealed class HashedClassifier : ITextClassifier, IDisposable
{
    private readonly ModelManifest manifest;
    private readonly ITextFeatures features;
    private readonly RowSession session;

    /// <exception cref="ModelException">The graph does not do what the manifest says.</exception>
    public HashedClassifier(ModelManifest manifest, byte[] graph)
    {
        this.manifest = manifest;
        Labels = [.. manifest.Labels.Select(l => l.Label)];
        features = ITextFeatures.Find(manifest.Input.Features, manifest.Input.Table, manifest.Input.HalfBits)!;
        long[] shape = [Labels.Count];
        session = new RowSession(manifest.Model, graph, Filled(features.MaxTokens(manifest.Window.Length)), _ => shape);
        try
        {
            WarmUp();
        }
        catch (ClassifierException failed)
        {
            session.Dispose();
            throw new ModelException(
                manifest.Model,
                ModelFault.Unusable,
                $"Model '{manifest.Model}' can't be used: the graph does not take {features.TableRows} rows or does not give {Labels.Count} scores from 0 to 1, as the manifest says.",
                failed);
        }
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

        var buffers = session.Rent();
        try
        {
            session.Run(buffers, Fill(buffers.Rows, features.Extract(window, buffers.Rows)));
            buffers.Scores[..Labels.Count].CopyTo(scores);
        }
        finally
        {
            session.Return(buffers);
        }
    }

    public float? NamedThreshold(string label, string name) =>
        manifest.Labels.FirstOrDefault(l => l.Label == label)?.Thresholds.GetValueOrDefault(name)?.At;

    public void Dispose() => session.Dispose();

    /// <summary>How many tokens fill whole blocks; the model takes two blocks at least.</summary>
    private int Filled(int tokens)
    {
        var block = manifest.Input.Block;
        return block == 1 ? tokens : Math.Max(2, (tokens + block - 1) / block) * block;
    }

    /// <summary>Adds rows of nothing until blocks are whole.</summary>
    private int Fill(Span<int> rows, int tokens)
    {
        var filled = Filled(tokens);
        rows[(tokens * ITextFeatures.Slots)..(filled * ITextFeatures.Slots)].Clear();
        return filled;
    }

    /// <summary>Runs once with the last row of the table, so that a table of another size shows now and not on a user's text.</summary>
    private void WarmUp()
    {
        var buffers = session.Rent();
        try
        {
            buffers.Rows[..ITextFeatures.Slots].Fill(features.TableRows - 1);
            session.Run(buffers, Fill(buffers.Rows, 1));
            foreach (var score in buffers.Scores)
            {
                if (!(score is >= 0 and <= 1))
                {
                    throw new ClassifierException($"Model '{Name}' gave a score that is not a probability.");
                }
            }
        }
        finally
        {
            session.Return(buffers);
        }
    }
}
