namespace EdgeFilter.Detection.Terms;

/// <summary>All terms as a tree of symbols, its nodes numbered breadth first.</summary>
internal sealed class TermTrie
{
    private readonly WordClass[] classes;

    private TermTrie(TermFolding folding)
    {
        classes = new WordClass[folding.SymbolCount];
        for (var c = 0; c < folding.Symbols.Length; c++)
        {
            var symbol = folding.Symbols[c];
            if (symbol != TermFolding.Skipped)
            {
                classes[symbol] = folding.Classes[c];
            }
        }
    }

    /// <summary>For each node its first child; those up to the next node's first child follow it.</summary>
    public List<int> FirstChild { get; } = [];

    /// <summary>The symbol that leads to a node.</summary>
    public List<ushort> Labels { get; } = [0];

    public List<ushort> Depths { get; } = [0];

    public List<bool> IsTerm { get; } = [false];

    public static TermTrie Build(IEnumerable<ushort[]> terms, TermFolding folding)
    {
        var sorted = terms.ToArray();
        Array.Sort(sorted, static (a, b) => a.AsSpan().SequenceCompareTo(b));
        var trie = new TermTrie(folding);

        // Each node stands for the sorted terms that share its prefix.
        var ranges = new Queue<(int From, int To)>();
        ranges.Enqueue((0, sorted.Length));
        for (var node = 0; ranges.TryDequeue(out var range); node++)
        {
            trie.FirstChild.Add(trie.Labels.Count);
            trie.AddChildren(sorted, range.From, range.To, trie.Depths[node], node, ranges);
        }

        trie.FirstChild.Add(trie.Labels.Count);
        return trie;
    }

    /// <summary>What the characters of a symbol mean for words.</summary>
    public WordClass ClassOf(ushort symbol) => classes[symbol];

    private void AddChildren(ushort[][] sorted, int from, int to, int depth, int node, Queue<(int From, int To)> ranges)
    {
        var at = from;
        while (at < to && sorted[at].Length == depth)
        {
            IsTerm[node] = true;
            at++;
        }

        while (at < to)
        {
            var symbol = sorted[at][depth];
            var end = at + 1;
            while (end < to && sorted[end][depth] == symbol)
            {
                end++;
            }

            Labels.Add(symbol);
            Depths.Add((ushort)(depth + 1));
            IsTerm.Add(false);
            ranges.Enqueue((at, end));
            at = end;
        }
    }
}
