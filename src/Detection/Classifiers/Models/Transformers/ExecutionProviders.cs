using Microsoft.ML.OnnxRuntime;

namespace EdgeFilter.Detection.Classifiers.Models.Transformers;

/// <summary>Session options for the place where graphs run, or why they can't run there.</summary>
internal static class ExecutionProviders
{
    private static readonly Dictionary<string, (string Native, Action<SessionOptions> Add)> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cpu"] = ("CPUExecutionProvider", _ => { }),
        ["cuda"] = ("CUDAExecutionProvider", o => o.AppendExecutionProvider_CUDA()),
        ["openvino"] = ("OpenVINOExecutionProvider", o => o.AppendExecutionProvider_OpenVINO()),
        ["directml"] = ("DmlExecutionProvider", o => o.AppendExecutionProvider_DML()),
        ["coreml"] = ("CoreMLExecutionProvider", o => o.AppendExecutionProvider_CoreML()),
        ["qnn"] = ("QNNExecutionProvider", o => o.AppendExecutionProvider("QNN")),
    };

    /// <exception cref="ModelException">There is no such provider, or not in this build of the native library.</exception>
    public static SessionOptions Options(string model, ModelRuntimeOptions wanted)
    {
        if (!Known.TryGetValue(wanted.ExecutionProvider, out var provider))
        {
            throw Unusable(model, $"there is no execution provider '{wanted.ExecutionProvider}'; there are {string.Join(", ", Known.Keys)}", null);
        }

        var available = OrtEnv.Instance().GetAvailableProviders();
        if (!available.Contains(provider.Native))
        {
            throw Unusable(
                model,
                $"the native ONNX Runtime library has no {wanted.ExecutionProvider}; it has {string.Join(", ", available)}. Use a build of the library with it, or set the execution provider to cpu",
                null);
        }

        var options = new SessionOptions
        {
            IntraOpNumThreads = Math.Max(1, wanted.ThreadsPerRun),
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,

            // Lengths vary from run to run: a pattern for each would be kept for ever.
            EnableMemoryPattern = false,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        try
        {
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            options.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");
            provider.Add(options);
            return options;
        }
        catch (Exception failed) when (failed is OnnxRuntimeException or EntryPointNotFoundException or NotSupportedException)
        {
            options.Dispose();
            throw Unusable(model, $"{wanted.ExecutionProvider} can't be started. Are its driver and libraries installed?", failed);
        }
    }

    private static ModelException Unusable(string model, string why, Exception? inner) => new(model, ModelFault.Unusable, $"Model '{model}' can't be used: {why}.", inner);
}
