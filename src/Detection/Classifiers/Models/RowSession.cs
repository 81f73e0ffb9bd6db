using Microsoft.ML.OnnxRuntime;

namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>
/// A loaded ONNX graph that takes hashed rows or their sums, with buffers that calls share so that a call allocates next to nothing.
/// Disposed while calls run, it lets them finish and frees the native memory with the last of them.
/// </summary>
internal sealed class RowSession : IDisposable
{
    private const string Output = "scores";
    private static readonly string[] Ids = ["ids"];
    private static readonly string[] Sums = ["tokens", "means"];
    private static readonly string[] OutputNames = [Output];

    private readonly InferenceSession session;
    private readonly RunOptions runOptions = new();
    private readonly string model;
    private readonly string[] inputs;
    private readonly Func<RowBuffers> newBuffers;
    private readonly RowBuffers?[] idle = new RowBuffers?[Math.Max(64, Environment.ProcessorCount * 4)];
    private int users = 1;
    private int disposed;

    /// <param name="model">Its name, for messages.</param>
    /// <param name="graph">The verified bytes of the ONNX file.</param>
    /// <param name="slots">Rows for each token.</param>
    /// <param name="mostTokens">The most tokens of a call: what buffers are made for.</param>
    /// <param name="outputShape">The output's shape for a number of tokens.</param>
    /// <exception cref="ModelException">ONNX Runtime can't use the graph.</exception>
    public RowSession(string model, byte[] graph, int slots, int mostTokens, Func<int, long[]> outputShape)
        : this(model, graph, Ids, () => new IdBuffers(slots, mostTokens, outputShape))
    {
        var input = session.InputMetadata[Ids[0]];
        if (input.ElementType != typeof(int) || input.Dimensions.Length != 2 || input.Dimensions[1] != slots)
        {
            session.Dispose();
            throw Unusable($"the graph must take int32 '{Ids[0]}' [tokens, {slots}]", null);
        }
    }

    /// <summary>A graph of stretches that takes sums of a table's rows.</summary>
    /// <param name="model">Its name, for messages.</param>
    /// <param name="graph">The verified bytes of the ONNX file.</param>
    /// <param name="table">What is added up.</param>
    /// <param name="mostTokens">The most tokens of a call, in whole blocks.</param>
    /// <param name="block">Tokens of half a stretch.</param>
    /// <param name="labels">Scores of a call.</param>
    /// <exception cref="ModelException">ONNX Runtime can't use the graph.</exception>
    public RowSession(string model, byte[] graph, SumTable table, int mostTokens, int block, int labels)
        : this(model, graph, Sums, () => new SumBuffers(table, mostTokens, block, labels))
    {
        var (tokens, means) = (session.InputMetadata[Sums[0]], session.InputMetadata[Sums[1]]);
        if (tokens.ElementType != typeof(float) || means.ElementType != typeof(float)
            || tokens.Dimensions is not [1, var columns, _] || columns != table.Width + 1
            || means.Dimensions is not [1, var averaged, _] || averaged != table.Width)
        {
            session.Dispose();
            throw Unusable($"the graph must take float '{Sums[0]}' [1, {table.Width + 1}, tokens] and float '{Sums[1]}' [1, {table.Width}, stretches]", null);
        }
    }

    private RowSession(string model, byte[] graph, string[] inputs, Func<RowBuffers> newBuffers)
    {
        this.model = model;
        this.inputs = inputs;
        this.newBuffers = newBuffers;
        try
        {
            using var options = Options();
            session = new InferenceSession(graph, options);
        }
        catch (OnnxRuntimeException failed)
        {
            throw Unusable("ONNX Runtime can't load the graph", failed);
        }

        var takesInputs = session.InputMetadata.Count == inputs.Length && inputs.All(session.InputMetadata.ContainsKey);
        var givesScores = session.OutputMetadata.TryGetValue(Output, out var output) && output.ElementType == typeof(float);
        if (!takesInputs || !givesScores)
        {
            session.Dispose();
            throw Unusable($"the graph must take '{string.Join("' and '", inputs)}' and give float '{Output}'", null);
        }
    }

    /// <summary>Buffers for one call; give them back with <see cref="Return"/>.</summary>
    /// <exception cref="ClassifierException">The model was unloaded.</exception>
    public RowBuffers Rent()
    {
        if (!TryEnter())
        {
            throw new ClassifierException($"Model '{model}' was unloaded.");
        }

        for (var i = 0; i < idle.Length; i++)
        {
            if (idle[i] is not null && Interlocked.Exchange(ref idle[i], null) is { } buffers)
            {
                return buffers;
            }
        }

        return newBuffers();
    }

    public void Return(RowBuffers buffers)
    {
        for (var i = 0; i < idle.Length; i++)
        {
            if (idle[i] is null && Interlocked.CompareExchange(ref idle[i], buffers, null) is null)
            {
                Leave();
                return;
            }
        }

        buffers.Dispose();
        Leave();
    }

    /// <summary>Runs the graph over the first rows of <see cref="RowBuffers.Rows"/>; the result is in <see cref="RowBuffers.Scores"/>.</summary>
    /// <exception cref="ClassifierException">The run failed.</exception>
    public void Run(RowBuffers buffers, int tokens)
    {
        var values = buffers.Prepare(tokens);
        try
        {
            session.Run(runOptions, inputs, values.Inputs, OutputNames, values.Outputs);
        }
        catch (OnnxRuntimeException failed)
        {
            throw new ClassifierException($"Model '{model}' failed to run.", failed);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            Leave();
        }
    }

    private static SessionOptions Options()
    {
        var options = new SessionOptions
        {
            // Calls come from many requests at once: each keeps to the core that it is on, and none spins while it waits.
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            EnableMemoryPattern = false,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        options.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");
        return options;
    }

    private ModelException Unusable(string why, Exception? inner) => new(
        model,
        ModelFault.Unusable,
        $"Model '{model}' can't be used: {why}. Its files are those of its manifest, so the model itself or its manifest is wrong.",
        inner);

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
        if (Interlocked.Decrement(ref users) > 0)
        {
            return;
        }

        for (var i = 0; i < idle.Length; i++)
        {
            Interlocked.Exchange(ref idle[i], null)?.Dispose();
        }

        session.Dispose();
        runOptions.Dispose();
    }
}
