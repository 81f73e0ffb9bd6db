using Microsoft.ML.OnnxRuntime;

namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>
/// A loaded ONNX graph that takes hashed rows, with buffers that calls share so that a call allocates next to nothing.
/// Disposed while calls run, it lets them finish and frees the native memory with the last of them.
/// </summary>
internal sealed class RowSession : IDisposable
{
    private const string Input = "ids";
    private const string Output = "scores";

    private readonly InferenceSession session;
    private readonly RunOptions runOptions = new();
    private readonly string model;
    private readonly int slots;
    private readonly int mostTokens;
    private readonly Func<int, long[]> outputShape;
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
    {
        this.model = model;
        this.slots = slots;
        this.mostTokens = mostTokens;
        this.outputShape = outputShape;
        try
        {
            using var options = Options();
            session = new InferenceSession(graph, options);
        }
        catch (OnnxRuntimeException failed)
        {
            throw Unusable("ONNX Runtime can't load the graph", failed);
        }

        var takesRows = session.InputMetadata.TryGetValue(Input, out var input) && session.InputMetadata.Count == 1
            && input.ElementType == typeof(int) && input.Dimensions.Length == 2 && input.Dimensions[1] == slots;
        var givesScores = session.OutputMetadata.TryGetValue(Output, out var output) && output.ElementType == typeof(float);
        if (!takesRows || !givesScores)
        {
            session.Dispose();
            throw Unusable($"the graph must take int32 '{Input}' [tokens, {slots}] and give float '{Output}'", null);
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

        return new RowBuffers(slots, mostTokens, outputShape);
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
        var shaped = buffers.Shape(tokens);
        try
        {
            session.Run(runOptions, InputNames, shaped.Inputs, OutputNames, shaped.Outputs);
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

    private static readonly string[] InputNames = [Input];
    private static readonly string[] OutputNames = [Output];

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
