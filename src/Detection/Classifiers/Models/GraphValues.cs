using Microsoft.ML.OnnxRuntime;

namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>Views of pinned arrays as the inputs and outputs of a graph.</summary>
internal sealed class GraphValues(OrtValue[] inputs, OrtValue[] outputs) : IDisposable
{
    public OrtValue[] Inputs { get; } = inputs;

    public OrtValue[] Outputs { get; } = outputs;

    public static OrtValue View<T>(Memory<T> memory, params long[] shape)
        where T : unmanaged =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory[..(int)shape.Aggregate(1L, (a, b) => a * b)], shape);

    public void Dispose()
    {
        foreach (var value in Inputs.Concat(Outputs))
        {
            value.Dispose();
        }
    }
}
