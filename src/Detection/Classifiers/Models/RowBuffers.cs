using Microsoft.ML.OnnxRuntime;

namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>Pinned input and output of one call at a time. Not thread-safe.</summary>
internal sealed class RowBuffers : IDisposable
{
    private readonly int slots;
    private readonly int[] rows;
    private readonly float[] scores;
    private readonly Func<int, long[]> outputShape;
    private readonly Shaped?[] shapes;

    public RowBuffers(int slots, int mostTokens, Func<int, long[]> outputShape)
    {
        this.slots = slots;
        this.outputShape = outputShape;
        rows = GC.AllocateArray<int>(mostTokens * slots, pinned: true);
        scores = GC.AllocateArray<float>((int)Product(outputShape(mostTokens)), pinned: true);
        shapes = new Shaped?[mostTokens + 1];
    }

    public Span<int> Rows => rows;

    public ReadOnlySpan<float> Scores => scores;

    /// <summary>The views that ONNX Runtime wants for this many tokens; made once for each number that occurs.</summary>
    public Shaped Shape(int tokens) => shapes[tokens] ??= new Shaped(rows, scores, slots, tokens, outputShape(tokens));

    public void Dispose()
    {
        foreach (var shaped in shapes)
        {
            shaped?.Dispose();
        }
    }

    private static long Product(long[] shape) => shape.Aggregate(1L, (a, b) => a * b);

    internal sealed class Shaped : IDisposable
    {
        public Shaped(int[] rows, float[] scores, int slots, int tokens, long[] outputShape)
        {
            Inputs = [OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, rows.AsMemory(0, tokens * slots), [tokens, slots])];
            Outputs = [OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, scores.AsMemory(0, (int)Product(outputShape)), outputShape)];
        }

        public OrtValue[] Inputs { get; }

        public OrtValue[] Outputs { get; }

        public void Dispose()
        {
            Inputs[0].Dispose();
            Outputs[0].Dispose();
        }
    }
}
