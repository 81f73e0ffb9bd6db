namespace EdgeFilter.Detection.Tokenizers.Vocabularies;

/// <summary>
/// All tokens of a vocabulary by their beginnings. Children of a node lie side by side in the order of their characters. Immutable,
/// safe for concurrent use.
/// </summary>
internal sealed class PieceTrie
{
    public const int Root = 0;

    private readonly char[] labels;
    private readonly int[] firstChild;
    private readonly int[] ids;

    /// <param name="tokens">Each token once, with an id that is not negative; none empty.</param>
    public PieceTrie(IEnumerable<KeyValuePair<string, int>> tokens)
    {
        var sorted = tokens.ToArray();
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        var (names, starts, found) = (new List<char> { '\0' }, new List<int>(), new List<int> { -1 });

        // Level by level: a node's range of the sorted tokens falls into one range for each of its children.
        var level = new List<(int From, int To)> { (0, sorted.Length) };
        for (var depth = 0; level.Count > 0; depth++)
        {
            var next = new List<(int From, int To)>();
            var node = starts.Count;
            foreach (var (from, to) in level)
            {
                starts.Add(names.Count);
                var at = from;
                if (at < to && sorted[at].Key.Length == depth)
                {
                    found[node] = sorted[at++].Value;
                }

                while (at < to)
                {
                    var label = sorted[at].Key[depth];
                    var end = at + 1;
                    while (end < to && sorted[end].Key[depth] == label)
                    {
                        end++;
                    }

                    names.Add(label);
                    found.Add(-1);
                    next.Add((at, end));
                    at = end;
                }

                node++;
            }

            level = next;
        }

        starts.Add(names.Count);
        (labels, firstChild, ids) = ([.. names], [.. starts], [.. found]);
    }

    /// <summary>The node that a character leads to, or -1.</summary>
    public int Step(int node, char unit)
    {
        var low = firstChild[node];
        var high = firstChild[node + 1] - 1;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var label = labels[middle];
            if (label == unit)
            {
                return middle;
            }

            (low, high) = label < unit ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    /// <summary>The id of the token that ends at a node, or -1.</summary>
    public int Id(int node) => ids[node];

    /// <summary>The longest token that a text begins with; gives its id, or -1.</summary>
    public int Longest(ReadOnlySpan<char> text, out int length)
    {
        var (node, best) = (Root, -1);
        length = 0;
        for (var at = 0; at < text.Length; at++)
        {
            node = Step(node, text[at]);
            if (node < 0)
            {
                break;
            }

            if (ids[node] >= 0)
            {
                (best, length) = (ids[node], at + 1);
            }
        }

        return best;
    }
}
