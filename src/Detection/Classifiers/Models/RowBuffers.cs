using Microsoft.ML.OnnxRuntime;

namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>Pinned input and output of one call at a time. Not thread-safe.</summary>
internal abstract class RowBuffers(int mostRows, int mostScores) : IDisposable
{
    private readonly int[] rows = GC.AllocateArray<int>(mostRows, pinned: true);
    private readonly float[] scores = GC.AllocateArray<float>(mostScores, pinned: true);

    /// <summary>What the rows of a text's tokens are written to.</summary>
    public Span<int> Rows => rows;

    public ReadOnlySpan<float> Scores => scores;

    protected Memory<int> RowMemory => rows;

    protected Memory<float> ScoreMemory => scores;

    /// <summary>Gets a call for the first rows ready.</summary>
    /// <returns>The views that ONNX Runtime wants for this many tokens; made once for each number that occurs.</returns>
    public abstract GraphValues Prepare(int tokens);

    public abstract void Dispose();
}
