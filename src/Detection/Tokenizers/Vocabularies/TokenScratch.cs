namespace EdgeFilter.Detection.Tokenizers.Vocabularies;

/// <summary>Working memory that grows to what was needed once.</summary>
internal sealed class TokenScratch
{
    public List<PairSymbol> Symbols { get; } = [];

    public PriorityQueue<(int Place, int NewId), long> Merges { get; } = new();

    public PathNode[] Paths { get; private set; } = [];

    public List<TextSpan> Spans { get; } = [];

    public List<int> Ids { get; } = [];

    public Span<PathNode> FreshPaths(int count)
    {
        if (Paths.Length < count)
        {
            Paths = new PathNode[Math.Max(count, Paths.Length * 2)];
        }

        var paths = Paths.AsSpan(0, count);
        paths.Fill(PathNode.Unreached);
        return paths;
    }
}
