namespace EdgeFilter.Detection.Identifiers;

/// <summary>Words by their letters. Filled first, then frozen: children of a node lie side by side, in order.</summary>
/// <typeparam name="T">What belongs to a word.</typeparam>
internal sealed class WordTree<T>
    where T : class
{
    /// <summary>The node of the empty word.</summary>
    public const int Root = 0;

    private const int Ascii = 128;

    // Most nodes have one child, hardly any more than these.
    private const int Few = 8;
    private readonly List<Growing> growing = [new Growing()];
    private readonly int[] rootChildren = new int[Ascii];
    private Node[] nodes = [];
    private char[] letters = [];
    private T?[] values = [];

    /// <summary>What belongs to a word, made when it is new. Not after <see cref="Freeze"/>.</summary>
    public T GetOrAdd(string word, Func<T> make)
    {
        var node = growing[Root];
        foreach (var letter in word)
        {
            if (!node.Children.TryGetValue(letter, out var child))
            {
                growing.Add(child = new Growing());
                node.Children.Add(letter, child);
            }

            node = child;
        }

        return node.Value ??= make();
    }

    public void Freeze()
    {
        // Breadth first: then the children of a node follow one another.
        nodes = new Node[growing.Count];
        letters = new char[growing.Count];
        values = new T?[growing.Count];
        var queue = new Queue<(Growing Node, int Index)>();
        queue.Enqueue((growing[Root], Root));
        var next = 1;
        while (queue.TryDequeue(out var at))
        {
            nodes[at.Index] = new Node(next, at.Node.Children.Count);
            values[at.Index] = at.Node.Value;
            foreach (var (letter, child) in at.Node.Children)
            {
                letters[next] = letter;
                queue.Enqueue((child, next++));
            }
        }

        Array.Fill(rootChildren, -1);
        for (var child = 1; child <= nodes[Root].Count; child++)
        {
            if (letters[child] < Ascii)
            {
                rootChildren[letters[child]] = child;
            }
        }

        growing.Clear();
        growing.TrimExcess();
    }

    /// <summary>The node that a letter leads to; -1 when there is none.</summary>
    public int Child(int node, char letter)
    {
        if (node == Root && letter < Ascii)
        {
            return rootChildren[letter];
        }

        var (first, count) = nodes[node];
        var children = letters.AsSpan(first, count);
        if (count > Few)
        {
            var at = children.BinarySearch(letter);
            return at < 0 ? -1 : first + at;
        }

        for (var i = 0; i < children.Length; i++)
        {
            if (children[i] == letter)
            {
                return first + i;
            }
        }

        return -1;
    }

    public T? ValueOf(int node) => values[node];

    private readonly record struct Node(int First, int Count);

    private sealed class Growing
    {
        public SortedDictionary<char, Growing> Children { get; } = [];

        public T? Value { get; set; }
    }
}
