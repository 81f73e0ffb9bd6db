namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>For graphs that take row numbers: <c>ids</c> [tokens, slots].</summary>
internal sealed class IdBuffers(int slots, int mostTokens, Func<int, long[]> outputShape)
    : RowBuffers(mostTokens * slots, (int)outputShape(mostTokens).Aggregate(1L, (a, b) => a * b))
{
    private readonly GraphValues?[] shapes = new GraphValues?[mostTokens + 1];

    public override GraphValues Prepare(int tokens) => shapes[tokens] ??= new GraphValues(
        [GraphValues.View(RowMemory, tokens, slots)],
        [GraphValues.View(ScoreMemory, outputShape(tokens))]);

    public override void Dispose()
    {
        foreach (var shape in shapes)
        {
            shape?.Dispose();
        }
    }
}
