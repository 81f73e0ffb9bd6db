namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>How models of the Hugging Face kind are run. Small models of the product's own take microseconds and are not concerned.</summary>
public sealed record ModelRuntimeOptions
{
    /// <summary>Where graphs run.</summary>
    /// <value><c>cpu</c>, <c>cuda</c>, <c>openvino</c>, <c>directml</c>, <c>coreml</c> or <c>qnn</c>, as far as the native library has it. The default is <c>cpu</c>.</value>
    public string ExecutionProvider { get; init; } = "cpu";

    /// <summary>Cores that all models together may keep busy.</summary>
    /// <value>The default is all of them.</value>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Cores that one run uses.</summary>
    /// <value>The default is half of <see cref="Threads"/>, four at most.</value>
    public int ThreadsPerRun { get; init; } = Math.Clamp(Environment.ProcessorCount / 2, 1, 4);

    /// <summary>How long a call may take for every <see cref="BatchTokens"/> begun, its wait included. Past it the policy says what follows.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A wait for a free core beyond this one makes the governor skip second stages, and four times as long refuse.</summary>
    /// <value>The default is 500 ms.</value>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The most tokens of one run, padding included: what bounds its memory.</summary>
    /// <value>The default is 4,096.</value>
    public int BatchTokens { get; init; } = 4_096;

    /// <summary>Answers that are remembered for each model, by a keyed hash of the text.</summary>
    /// <value>The default is 4,096; 0 remembers nothing.</value>
    public int CacheEntries { get; init; } = 4_096;

    public static ModelRuntimeOptions Default { get; } = new();

    /// <summary>For commands that work through files: nobody waits for an answer, so none is refused for the sake of others.</summary>
    public static ModelRuntimeOptions Unhurried { get; } = new() { Deadline = TimeSpan.FromMinutes(10), LongestWait = TimeSpan.FromMinutes(10) };
}
