namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>
/// For graphs of stretches that take sums of rows: <c>tokens</c> [1, columns + 1, tokens] in whole blocks, two at least, and
/// <c>means</c> [1, columns, stretches].
/// </summary>
internal sealed class SumBuffers : RowBuffers
{
    private readonly SumTable table;
    private readonly int block;
    private readonly int labels;
    private readonly float[] sums;
    private readonly float[] means;
    private readonly GraphValues?[] shapes;

    /// <param name="table">What is added up.</param>
    /// <param name="mostTokens">In whole blocks.</param>
    /// <param name="block">Tokens of half a stretch.</param>
    /// <param name="labels">Scores of a call.</param>
    public SumBuffers(SumTable table, int mostTokens, int block, int labels)
        : base(mostTokens * ITextFeatures.Slots, labels)
    {
        this.table = table;
        this.block = block;
        this.labels = labels;
        sums = GC.AllocateArray<float>(mostTokens * (table.Width + 1), pinned: true);
        means = GC.AllocateArray<float>(mostTokens / block * table.Width, pinned: true);
        shapes = new GraphValues?[(mostTokens / block) + 1];
    }

    public override GraphValues Prepare(int tokens)
    {
        var blocks = Math.Max(2, (tokens + block - 1) / block);
        var length = blocks * block;
        var width = table.Width;
        table.Add(Rows[..(tokens * ITextFeatures.Slots)], block, sums.AsSpan(0, length * (width + 1)), means.AsSpan(0, (blocks - 1) * width));
        return shapes[blocks] ??= new GraphValues(
            [GraphValues.View<float>(sums, 1, width + 1, length), GraphValues.View<float>(means, 1, width, blocks - 1)],
            [GraphValues.View(ScoreMemory, 1, labels, 1)]);
    }

    public override void Dispose()
    {
        foreach (var shape in shapes)
        {
            shape?.Dispose();
        }
    }
}
