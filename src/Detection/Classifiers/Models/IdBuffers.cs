namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>For graphs that take row numbers: <c>ids</c> [tokens, slots].</summary>
internal sealed class IdBuffers(int slots, int mostTokens, Func<int, long[]> outputShape)
    : RowBuffers(mostTokens * slots, (int)outputShape(mostTokens).Aggregate(1L, (a, b) => a * b))
{
    /// <summary>Lengths whose views are kept. Ordinary texts have fewer; with texts of every length memory must still end somewhere.</summary>
    private const int MostShapes = 256;

    private readonly Dictionary<int, GraphValues> shapes = [];

    public override GraphValues Prepare(int tokens)
    {
        if (!shapes.TryGetValue(tokens, out var shape))
        {
            if (shapes.Count == MostShapes)
            {
                Dispose();
                shapes.Clear();
            }

            shapes[tokens] = shape = new GraphValues([GraphValues.View(RowMemory, tokens, slots)], [GraphValues.View(ScoreMemory, outputShape(tokens))]);
        }

        return shape;
    }

    public override void Dispose()
    {
        foreach (var shape in shapes.Values)
        {
            shape.Dispose();
        }
    }
}
