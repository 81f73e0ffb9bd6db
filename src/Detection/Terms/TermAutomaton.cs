namespace EdgeFilter.Detection.Terms;

/// <summary>
/// An Aho–Corasick automaton in flat arrays. States are numbered breadth first, so that the children of a state stand side by
/// side; states with many children have a row of their own.
/// </summary>
/// <remarks>
/// For whole words a failure link leads only to a prefix that begins where a word may begin: inside a word nothing is followed up.
/// </remarks>
internal sealed class TermAutomaton
{
    public const int Root = 0;
    private const int ManyChildren = 6;

    private readonly int[] firstChild;
    private readonly ushort[] labels;
    private readonly int[] failures;
    private readonly ushort[] depths;
    private readonly ushort[] longestTerm;
    private readonly int[] rowOf;
    private readonly int[] rows;

    private TermAutomaton(TermFolding folding, TermTrie trie, int[] failures, ushort[] longestTerm)
    {
        Folding = folding;
        this.failures = failures;
        this.longestTerm = longestTerm;
        firstChild = [.. trie.FirstChild];
        labels = [.. trie.Labels];
        depths = [.. trie.Depths];
        MaxLength = trie.Depths.Max();
        rowOf = new int[labels.Length];
        var table = new List<int>();
        for (var state = 0; state < labels.Length; state++)
        {
            var (first, behind) = (firstChild[state], firstChild[state + 1]);
            rowOf[state] = -1;
            if (state == Root || behind - first >= ManyChildren)
            {
                rowOf[state] = table.Count;
                table.AddRange(new int[folding.SymbolCount]);
                for (var child = first; child < behind; child++)
                {
                    table[rowOf[state] + labels[child]] = child;
                }
            }
        }

        rows = [.. table];
    }

    public TermFolding Folding { get; }

    /// <summary>The longest term, in symbols.</summary>
    public int MaxLength { get; }

    public static TermAutomaton Build(IReadOnlyCollection<string> terms, TermFolding folding, bool wholeWords)
    {
        var trie = TermTrie.Build(terms.Select(folding.SymbolsOf).Where(t => t.Length > 0), folding);
        var failures = new int[trie.Labels.Count];
        var longest = new ushort[trie.Labels.Count];
        var automaton = new TermAutomaton(folding, trie, failures, longest);

        // Breadth first: whatever a link leads to is nearer to the root and already linked.
        for (var state = Root; state < failures.Length; state++)
        {
            for (var child = automaton.firstChild[state]; child < automaton.firstChild[state + 1]; child++)
            {
                failures[child] = state == Root ? Root : automaton.FailureOf(state, child, trie, wholeWords);
                longest[child] = trie.IsTerm[child] ? trie.Depths[child] : longest[failures[child]];
            }
        }

        return automaton;
    }

    /// <summary>The state behind a symbol, or <see cref="Root"/> when there is none.</summary>
    public int Next(int state, ushort symbol)
    {
        var row = rowOf[state];
        if (row >= 0)
        {
            return rows[row + symbol];
        }

        var behind = firstChild[state + 1];
        for (var child = firstChild[state]; child < behind; child++)
        {
            if (labels[child] == symbol)
            {
                return child;
            }
        }

        return Root;
    }

    public int FailureOf(int state) => failures[state];

    /// <summary>How many symbols lead to a state.</summary>
    public int DepthOf(int state) => depths[state];

    /// <summary>How many symbols the longest term has that ends in a state; 0 when none does.</summary>
    public int TermAt(int state) => longestTerm[state];

    private int FailureOf(int state, int child, TermTrie trie, bool wholeWords)
    {
        var symbol = labels[child];
        for (var shorter = failures[state]; shorter != Root; shorter = failures[shorter])
        {
            var next = Next(shorter, symbol);
            if (next != Root)
            {
                return next;
            }
        }

        var begins = !wholeWords || TermFolding.IsBoundary(trie.ClassOf(labels[state]), trie.ClassOf(symbol));
        return begins ? Next(Root, symbol) : Root;
    }
}
