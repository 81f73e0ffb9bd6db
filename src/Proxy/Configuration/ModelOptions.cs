using System.ComponentModel.DataAnnotations;
using EdgeFilter.Detection.Classifiers.Models;
using Microsoft.Extensions.Options;

namespace EdgeFilter.Proxy.Configuration;

/// <summary>How models from Hugging Face folders are run. The product's own take microseconds and are not concerned.</summary>
internal sealed class ModelOptions
{
    public const string Section = "Models";

    /// <summary>Where graphs run: <c>cpu</c>, <c>cuda</c>, <c>openvino</c>, <c>directml</c>, <c>coreml</c> or <c>qnn</c>.</summary>
    /// <value>The default is <c>cpu</c>. Others need a native ONNX Runtime library that has them; without, the models are refused.</value>
    [Required]
    public string ExecutionProvider { get; set; } = ModelRuntimeOptions.Default.ExecutionProvider;

    /// <summary>Cores that all models together may keep busy.</summary>
    /// <value>1 to 1,024. The default is all of the machine's.</value>
    [Range(1, 1024)]
    public int Threads { get; set; } = ModelRuntimeOptions.Default.Threads;

    /// <summary>Cores that one run uses.</summary>
    /// <value>1 to 64. The default is half of the machine's, four at most.</value>
    [Range(1, 64)]
    public int ThreadsPerRun { get; set; } = ModelRuntimeOptions.Default.ThreadsPerRun;

    /// <summary>How long a call may take for every <see cref="BatchTokens"/> begun, its wait included; then a rule's <c>on-failure</c> applies.</summary>
    /// <value>1 ms to 5 minutes. The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:05:00")]
    public TimeSpan Deadline { get; set; } = ModelRuntimeOptions.Default.Deadline;

    /// <summary>A longer wait for a core makes second stages be skipped, and a wait four times as long makes large models refuse.</summary>
    /// <value>1 ms to 5 minutes. The default is 500 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:05:00")]
    public TimeSpan LongestWait { get; set; } = ModelRuntimeOptions.Default.LongestWait;

    /// <summary>The most tokens of one run, padding included.</summary>
    /// <value>512 to 1,048,576. The default is 4,096.</value>
    [Range(512, 1_048_576)]
    public int BatchTokens { get; set; } = ModelRuntimeOptions.Default.BatchTokens;

    /// <summary>Answers that are remembered for each model, by a keyed hash of the text.</summary>
    /// <value>0 to 1,000,000. The default is 4,096.</value>
    [Range(0, 1_000_000)]
    public int CacheEntries { get; set; } = ModelRuntimeOptions.Default.CacheEntries;

    public ModelRuntimeOptions ToRuntime() => new()
    {
        ExecutionProvider = ExecutionProvider,
        Threads = Threads,
        ThreadsPerRun = Math.Min(ThreadsPerRun, Threads),
        Deadline = Deadline,
        LongestWait = LongestWait,
        BatchTokens = BatchTokens,
        CacheEntries = CacheEntries,
    };
}

[OptionsValidator]
internal sealed partial class ModelOptionsValidator : IValidateOptions<ModelOptions>;
