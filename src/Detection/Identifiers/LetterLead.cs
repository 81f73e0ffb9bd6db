namespace EdgeFilter.Detection.Identifiers;

/// <summary>
/// Which rules survive the first three characters of a candidate that begins with a letter or mark. Answers are remembered: the words
/// of a language begin in few ways.
/// </summary>
internal sealed class LetterLead
{
    private const int Length = 3;
    private const int CacheSize = 1_024;
    private readonly IdentifierRule[] rules;
    private readonly Entry?[] cache = new Entry?[CacheSize];

    public LetterLead(IdentifierRule[] rules)
    {
        this.rules = rules;
    }

    /// <summary>Those of <paramref name="candidates"/> that a value at <paramref name="start"/> could be of.</summary>
    public int[] Narrow(ReadOnlySpan<char> text, int start, int[] candidates)
    {
        if (start + Length > text.Length || candidates.Length < Length)
        {
            return candidates;
        }

        var (a, b, c) = (text[start], text[start + 1], text[start + 2]);
        var key = a | ((long)b << 16) | ((long)c << 32);

        // Entries are immutable: a thread sees an old one or a new one, both of them true.
        ref var slot = ref cache[((a * 31) + (b * 7) + (c * 131)) & (CacheSize - 1)];
        var entry = Volatile.Read(ref slot);
        if (entry is null || entry.Key != key)
        {
            entry = new Entry(key, Survivors([a, b, c], candidates));
            Volatile.Write(ref slot, entry);
        }

        return entry.Rules;
    }

    private int[] Survivors(ReadOnlySpan<char> prefix, int[] candidates)
    {
        var survivors = new List<int>();
        foreach (var index in candidates)
        {
            if (rules[index].Shape.Match(prefix, 0, out _, out var alive) || alive)
            {
                survivors.Add(index);
            }
        }

        return [.. survivors];
    }

    private sealed record Entry(long Key, int[] Rules);
}
