using Microsoft.ML.OnnxRuntime;

namespace EdgeFilter.Detection.Classifiers.Models.Transformers;

/// <summary>
/// A loaded ONNX graph that takes token ids. Disposed while runs go on, it lets them finish and frees the native memory with the
/// last of them.
/// </summary>
internal sealed class TransformerGraph : IDisposable
{
    private const string Ids = "input_ids";
    private const string Mask = "attention_mask";
    private const string Types = "token_type_ids";

    private readonly InferenceSession session;
    private readonly string model;
    private readonly int labels;
    private readonly bool judgesTokens;
    private readonly int padId;
    private readonly string[] inputs;
    private readonly string[] outputs;
    private int users = 1;
    private int disposed;

    /// <exception cref="ModelException">ONNX Runtime can't run it, or it takes or gives something else.</exception>
    public TransformerGraph(string model, byte[] graph, TransformerConfig config, ModelRuntimeOptions options)
    {
        this.model = model;
        labels = config.Labels.Count;
        judgesTokens = config.Task == ModelTask.Tokens;
        padId = config.PadId;

        // Scales of an int8 graph are taken from all that is in a run: rows must not share one, or strangers would change a score.
        SharesRuns = graph.AsSpan().IndexOf("DynamicQuantize"u8) < 0;
        try
        {
            using var sessionOptions = ExecutionProviders.Options(model, options);
            session = new InferenceSession(graph, sessionOptions);
        }
        catch (OnnxRuntimeException failed)
        {
            throw Unusable("ONNX Runtime can't load model.onnx: it is cut off, damaged, keeps its weights in another file, or was made for a newer version. Export or download it again, as one file", failed);
        }

        inputs = [.. session.InputMetadata.Keys];
        outputs = [session.OutputMetadata.ContainsKey("logits") ? "logits" : session.OutputMetadata.Keys.First()];
        if (Problem() is { } problem)
        {
            session.Dispose();
            throw Unusable(problem, null);
        }
    }

    /// <summary>True when rows of different calls may be in one run.</summary>
    public bool SharesRuns { get; }

    /// <summary>Runs rows of one <see cref="TokenRow.Length"/>, and fills in their results.</summary>
    /// <exception cref="ClassifierException">The run failed, took too long, or the model was unloaded.</exception>
    public void Run(IReadOnlyList<TokenRow> rows, TimeSpan patience)
    {
        if (!TryEnter())
        {
            throw new ClassifierException($"Model '{model}' was unloaded.");
        }

        var values = new List<OrtValue>(inputs.Length);
        try
        {
            using var runOptions = new RunOptions();
            using var watch = new Timer(static o => ((RunOptions)o!).Terminate = true, runOptions, patience, Timeout.InfiniteTimeSpan);
            values.AddRange(inputs.Select(name => Input(name, rows)));
            using var results = session.Run(runOptions, inputs, values, outputs);
            Read(results[0], rows);
        }
        catch (OnnxRuntimeException failed)
        {
            throw new ClassifierException($"Model '{model}' failed to run, or took longer than {patience.TotalMilliseconds:0} ms.", failed);
        }
        finally
        {
            values.ForEach(v => v.Dispose());
            Leave();
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            Leave();
        }
    }

    private OrtValue Input(string name, IReadOnlyList<TokenRow> rows)
    {
        var length = rows[0].Length;
        var values = new long[rows.Count * length];
        for (var row = 0; row < rows.Count; row++)
        {
            var target = values.AsSpan(row * length, length);
            var count = rows[row].Ids.Length;
            target[count..].Fill(name == Ids ? padId : 0);
            for (var i = 0; i < count; i++)
            {
                target[i] = name switch { Ids => rows[row].Ids[i], Mask => 1, _ => rows[row].Types[i] };
            }
        }

        return session.InputMetadata[name].ElementType == typeof(int)
            ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, v => (int)v), [rows.Count, length])
            : OrtValue.CreateTensorValueFromMemory(values, [rows.Count, length]);
    }

    private void Read(OrtValue output, IReadOnlyList<TokenRow> rows)
    {
        var shape = output.GetTensorTypeAndShape();
        var perRow = judgesTokens ? rows[0].Length * labels : labels;
        if (shape.ElementCount != (long)perRow * rows.Count || shape.Shape[0] != rows.Count)
        {
            throw new ClassifierException($"Model '{model}' gave an output of another shape than its labels ask for.");
        }

        var numbers = shape.ElementDataType == Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float16
            ? Array.ConvertAll(output.GetTensorDataAsSpan<Float16>().ToArray(), h => (float)h)
            : output.GetTensorDataAsSpan<float>().ToArray();
        if (!numbers.All(float.IsFinite))
        {
            throw new ClassifierException($"Model '{model}' gave a score that is no number.");
        }

        for (var row = 0; row < rows.Count; row++)
        {
            rows[row].Result = numbers[(row * perRow)..((row + 1) * perRow)];
        }
    }

    private string? Problem()
    {
        if (!inputs.Contains(Ids) || inputs.FirstOrDefault(n => n is not (Ids or Mask or Types)) is { } || inputs.Any(n => session.InputMetadata[n].ElementType is var t && t != typeof(long) && t != typeof(int)))
        {
            return $"the graph takes {string.Join(", ", inputs)}; it must take {Ids} and may take {Mask} and {Types}, as whole numbers. Export it for sequence or token classification, without a cache";
        }

        var output = session.OutputMetadata[outputs[0]];
        var rank = judgesTokens ? 3 : 2;
        if ((output.ElementType != typeof(float) && output.ElementType != typeof(Float16)) || output.Dimensions.Length != rank || (output.Dimensions[^1] > 0 && output.Dimensions[^1] != labels))
        {
            return $"the graph's output '{outputs[0]}' must be {(judgesTokens ? "[batch, tokens" : "[batch")}, {labels}] numbers: one for each label of {HuggingFaceFolder.ConfigFile}. Is the configuration that of another model?";
        }

        return null;
    }

    private ModelException Unusable(string why, Exception? inner) => new(model, ModelFault.Unusable, $"Model '{model}' can't be used: {why}.", inner);

    private bool TryEnter()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref users);
            if (seen == 0 || Volatile.Read(ref disposed) != 0)
            {
                return false;
            }
        }
        while (Interlocked.CompareExchange(ref users, seen + 1, seen) != seen);
        return true;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref users) == 0)
        {
            session.Dispose();
        }
    }
}
