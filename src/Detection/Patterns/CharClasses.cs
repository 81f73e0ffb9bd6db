namespace EdgeFilter.Detection.Patterns;

/// <summary>Divides all code units into classes that a pattern can't tell apart.</summary>
internal sealed class CharClasses
{
    private readonly byte[] ascii = new byte[128];
    private readonly char[] bounds;
    private readonly byte[] classOfBound;

    public CharClasses(PositionAutomaton automaton)
    {
        var distinct = new List<CharSet>();
        setOfPosition = new int[automaton.Count];
        for (var p = 0; p < automaton.Count; p++)
        {
            var set = automaton.SetOf(p);
            var known = distinct.FindIndex(s => ReferenceEquals(s, set) || s.Ranges.SequenceEqual(set.Ranges));
            setOfPosition[p] = known >= 0 ? known : distinct.Count;
            if (known < 0)
            {
                distinct.Add(set);
            }
        }

        var edges = new SortedSet<int> { 0 };
        foreach (var set in distinct)
        {
            foreach (var (from, to) in set.Ranges)
            {
                edges.Add(from);
                if (to < char.MaxValue)
                {
                    edges.Add(to + 1);
                }
            }
        }

        // Ranges between two edges behave alike; ranges in the same sets share a class.
        var signatures = new Dictionary<string, byte>(StringComparer.Ordinal);
        bounds = [.. edges.Select(e => (char)e)];
        classOfBound = new byte[bounds.Length];
        for (var i = 0; i < bounds.Length; i++)
        {
            var signature = string.Create(distinct.Count, (distinct, c: bounds[i]), static (span, state) =>
            {
                for (var s = 0; s < span.Length; s++)
                {
                    span[s] = state.distinct[s].Contains(state.c) ? '1' : '0';
                }
            });
            if (!signatures.TryGetValue(signature, out var id))
            {
                if (signatures.Count == byte.MaxValue)
                {
                    throw new PatternException("the pattern uses more than 255 kinds of characters; merge its sets", 0);
                }

                id = (byte)signatures.Count;
                signatures.Add(signature, id);
            }

            classOfBound[i] = id;
        }

        Count = signatures.Count;
        matches = new bool[distinct.Count * Count];
        foreach (var (signature, id) in signatures)
        {
            for (var s = 0; s < distinct.Count; s++)
            {
                matches[(s * Count) + id] = signature[s] == '1';
            }
        }

        for (var c = 0; c < ascii.Length; c++)
        {
            ascii[c] = Search((char)c);
        }
    }

    private readonly int[] setOfPosition;
    private readonly bool[] matches;

    public int Count { get; }

    /// <summary>The classes of the ASCII characters.</summary>
    public ReadOnlySpan<byte> OfAscii => ascii;

    public byte ClassOf(char c) => c < ascii.Length ? ascii[c] : Search(c);

    public bool Matches(int position, int charClass) => matches[(setOfPosition[position] * Count) + charClass];

    private byte Search(char c)
    {
        var index = Array.BinarySearch(bounds, c);
        return classOfBound[index >= 0 ? index : ~index - 1];
    }
}
