namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>A shipped model: hashed rows in, one probability for each label out; where it has a screen, that one is asked first.</summary>
internal sealed class HashedClassifier : ITextClassifier, IDisposable
{
    private const int MostOpen = 8;

    // Less than half of what lies between two open parts at the least.
    private const int BlocksAround = 2;

    private readonly ModelManifest manifest;
    private readonly ITextFeatures features;
    private readonly RowSession session;
    private readonly ScreenNetwork? screen;
    private readonly ITextClassifier withoutScreen;

    /// <param name="manifest">What it is.</param>
    /// <param name="files">The verified bytes of its files, by name.</param>
    /// <exception cref="ModelException">The files do not do what the manifest says.</exception>
    public HashedClassifier(ModelManifest manifest, IReadOnlyDictionary<string, byte[]> files)
    {
        this.manifest = manifest;
        Labels = [.. manifest.Labels.Select(l => l.Label)];
        features = ITextFeatures.Find(manifest.Input.Features, manifest.Input.Table, manifest.Input.HalfBits)!;
        screen = manifest.Stages.Screen is { } stage ? ReadScreen(files[stage.File]) : null;
        withoutScreen = screen is null ? this : new OneStage(this, ClassifierStage.Fast);
        session = Open(files);
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

    public void Score(ReadOnlySpan<char> window, Span<float> scores) => Answer(window, scores);

    public ClassifierStage Answer(ReadOnlySpan<char> window, Span<float> scores) => Answer(window, scores, null);

    public ITextClassifier? Only(ClassifierStage stage) => stage switch
    {
        ClassifierStage.Fast => withoutScreen,
        ClassifierStage.Screen when screen is not null => new OneStage(this, stage),
        _ => null,
    };

    public ITextClassifier ForBar(float bar) => manifest.Stages.Screen is { } stage && bar < stage.BarsFrom ? withoutScreen : this;

    public float? NamedThreshold(string label, string name) =>
        manifest.Labels.FirstOrDefault(l => l.Label == label)?.Thresholds.GetValueOrDefault(name)?.At;

    public void Dispose() => session.Dispose();

    /// <param name="window">The text.</param>
    /// <param name="scores">Receives the answer.</param>
    /// <param name="only">The one stage to ask; null to ask them in turn.</param>
    private ClassifierStage Answer(ReadOnlySpan<char> window, Span<float> scores, ClassifierStage? only)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scores.Length, Labels.Count);
        if (window.Length > WindowLength)
        {
            window = window[..WindowLength];
        }

        var buffers = session.Rent();
        try
        {
            var tokens = features.Extract(window, buffers.Rows);
            if (screen is null || only == ClassifierStage.Fast)
            {
                return RunWhole(buffers, tokens, scores);
            }

            Span<OpenBlocks> open = stackalloc OpenBlocks[MostOpen];
            open = open[..screen.Score(buffers.Rows[..(tokens * ITextFeatures.Slots)], manifest.Stages.Screen!.SettlesBelow, scores, open)];
            if (only == ClassifierStage.Screen || open.IsEmpty)
            {
                return ClassifierStage.Screen;
            }

            return manifest.Input.Block == screen.Block ? RunOpen(buffers, tokens, open, scores) : RunWhole(buffers, tokens, scores);
        }
        finally
        {
            session.Return(buffers);
        }
    }

    /// <summary>
    /// Asks the model about what the screen leaves open: the highest score counts. Two blocks to either side are read along: the first and
    /// the last token of a stretch are read with their neighbours, and an order is judged by what stands around it.
    /// </summary>
    private ClassifierStage RunOpen(RowBuffers buffers, int tokens, ReadOnlySpan<OpenBlocks> open, Span<float> scores)
    {
        var block = manifest.Input.Block;
        scores[..Labels.Count].Clear();
        foreach (var part in open)
        {
            var start = Math.Max(0, part.Start - BlocksAround) * block;
            var end = Math.Min(tokens, (part.End + BlocksAround) * block);

            // Each part lies behind the one before, so moving it to the front never writes over one that is still to come.
            buffers.Rows[(start * ITextFeatures.Slots)..(end * ITextFeatures.Slots)].CopyTo(buffers.Rows);
            session.Run(buffers, Fill(buffers.Rows, end - start));
            for (var label = 0; label < Labels.Count; label++)
            {
                scores[label] = Math.Max(scores[label], buffers.Scores[label]);
            }
        }

        return ClassifierStage.Fast;
    }

    private ClassifierStage RunWhole(RowBuffers buffers, int tokens, Span<float> scores)
    {
        session.Run(buffers, Fill(buffers.Rows, tokens));
        buffers.Scores[..Labels.Count].CopyTo(scores);
        return ClassifierStage.Fast;
    }

    private RowSession Open(IReadOnlyDictionary<string, byte[]> files)
    {
        var graph = files[ManifestReader.OnnxFile];
        var mostTokens = Filled(features.MaxTokens(manifest.Window.Length));
        if (manifest.Input.Sums is not { } file)
        {
            long[] shape = [Labels.Count];
            return new RowSession(manifest.Model, graph, ITextFeatures.Slots, mostTokens, _ => shape);
        }

        var table = SumTable.Read(files[file], features.TableRows) ?? throw new ModelException(
            manifest.Model,
            ModelFault.Unusable,
            $"Model '{manifest.Model}' can't be used: '{file}' is not a table of {features.TableRows} rows. Its files are those of its manifest, so the table itself or the manifest is wrong.");
        return new RowSession(manifest.Model, graph, table, mostTokens, manifest.Input.Block, Labels.Count);
    }

    private ScreenNetwork ReadScreen(ReadOnlySpan<byte> file)
    {
        var read = ScreenNetwork.Read(file);
        return read is not null && read.Rows == features.TableRows && read.Labels == Labels.Count
            ? read
            : throw new ModelException(
                manifest.Model,
                ModelFault.Unusable,
                $"Model '{manifest.Model}' can't be used: '{manifest.Stages.Screen!.File}' is not a screen for {features.TableRows} rows and {Labels.Count} labels. "
                + "Its files are those of its manifest, so the screen itself or the manifest is wrong.");
    }

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

    /// <summary>One stage of the model alone.</summary>
    private sealed class OneStage(HashedClassifier model, ClassifierStage stage) : ITextClassifier
    {
        public string Name => model.Name;

        public IReadOnlyList<string> Labels => model.Labels;

        public int WindowLength => model.WindowLength;

        public int WindowOverlap => model.WindowOverlap;

        public void Score(ReadOnlySpan<char> window, Span<float> scores) => model.Answer(window, scores, stage);

        public ClassifierStage Answer(ReadOnlySpan<char> window, Span<float> scores) => model.Answer(window, scores, stage);

        public ITextClassifier? Only(ClassifierStage wanted) => wanted == stage ? this : null;

        public float? NamedThreshold(string label, string name) => model.NamedThreshold(label, name);
    }
}
