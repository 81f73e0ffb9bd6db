namespace EdgeFilter.Detection.Patterns;

/// <summary>
/// A regular expression that is matched in time linear in the text, whatever the text: no backtracking, no look-around.
/// Among the matches that begin at a place the longest counts. Immutable to its users and safe for concurrent use.
/// </summary>
/// <remarks>
/// A match is never longer than <see cref="MaxLength"/>: unbounded repetition ends there, in whole texts as in streams.
/// </remarks>
public sealed class LinearPattern
{
    /// <summary>Where unbounded repetition ends, in UTF-16 code units.</summary>
    public const int UnboundedLength = 1_024;

    private readonly PositionAutomaton automaton;

    // Most places are settled by their first character.
    private readonly bool[] canBegin;
    private readonly LazyDfa forward;
    private readonly Lazy<LazyDfa> search;
    private readonly Lazy<LazyDfa> backward;
    private readonly Lazy<LazyDfa> openBackward;

    private LinearPattern(string source, PatternNode node, PatternParser parser, int unboundedLength)
    {
        Source = source;
        GroupNames = parser.GroupNames;
        StartsAtBoundary = parser.StartsAtBoundary;
        EndsAtBoundary = parser.EndsAtBoundary;
        MinLength = node.MinLength;
        MaxLength = node.MaxLength == int.MaxValue ? Math.Max(unboundedLength, node.MinLength) : node.MaxLength;
        automaton = PositionAutomaton.Of(node);
        var classes = new CharClasses(automaton);
        canBegin = [.. Enumerable.Range(0, 128).Select(c => automaton.IsNullable || Array.Exists(automaton.Start, p => automaton.SetOf(p).Contains((char)c)))];
        var ends = Flags(automaton.Count, automaton.Last);
        forward = new LazyDfa(classes, automaton.Start, automaton.FollowOf, ends, automaton.IsNullable, restarts: false);
        search = new(() => new LazyDfa(classes, automaton.Start, automaton.FollowOf, ends, automaton.IsNullable, restarts: true));
        var starts = Flags(automaton.Count, automaton.Start);
        backward = new(() =>
        {
            var precede = automaton.Precede();
            return new LazyDfa(classes, automaton.Last, p => precede[p], starts, automaton.IsNullable, restarts: false);
        });
        openBackward = new(() =>
        {
            var precede = automaton.Precede();
            var open = Enumerable.Range(0, automaton.Count).Where(p => automaton.FollowOf(p).Count > 0).ToArray();
            return new LazyDfa(classes, open, p => precede[p], starts, startAccepts: true, restarts: false);
        });
    }

    /// <summary>The expression as written.</summary>
    public string Source { get; }

    /// <summary>The longest match, in UTF-16 code units.</summary>
    public int MaxLength { get; }

    public int MinLength { get; }

    /// <summary>Names of the groups written <c>(?&lt;name&gt;…)</c>.</summary>
    public IReadOnlyList<string> GroupNames { get; }

    /// <summary>The pattern begins with <c>\b</c>; the caller checks the character before.</summary>
    public bool StartsAtBoundary { get; }

    /// <summary>The pattern ends with <c>\b</c>; the caller checks the character behind.</summary>
    public bool EndsAtBoundary { get; }

    /// <exception cref="PatternException">The expression is wrong, or can't run in linear time.</exception>
    public static LinearPattern Parse(string pattern, bool ignoreCase = false, int unboundedLength = UnboundedLength)
    {
        var (node, parser) = PatternParser.Parse(pattern, ignoreCase);
        return new LinearPattern(pattern, node, parser, unboundedLength);
    }

    /// <summary>The longest match that begins exactly at <paramref name="start"/>.</summary>
    /// <param name="text">The text; what lies beyond it is unknown.</param>
    /// <param name="start">0 to the length of the text.</param>
    /// <param name="length">The length of the match; -1 without one.</param>
    /// <param name="alive">True when the text ended while a longer match was still possible.</param>
    /// <returns>True when there is a match, which may be empty.</returns>
    public bool Match(ReadOnlySpan<char> text, int start, out int length, out bool alive)
    {
        var available = text.Length - start;
        if (available > 0 && text[start] < canBegin.Length && !canBegin[text[start]])
        {
            length = -1;
            alive = false;
            return false;
        }

        length = forward.Longest(text.Slice(start, Math.Min(available, MaxLength)), out alive);
        alive = alive && available < MaxLength;
        return length >= 0;
    }

    /// <summary>Finds the next match: the one that begins first among those that end first, at its longest.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to begin looking.</param>
    /// <param name="start">Where the match begins; -1 without one.</param>
    /// <param name="length">Its length; never 0.</param>
    public bool TryFind(ReadOnlySpan<char> text, int from, out int start, out int length)
    {
        var cursor = search.Value.Begin();
        for (var i = from; i < text.Length; i++)
        {
            cursor.Read(text[i]);
            if (!cursor.IsAccepting)
            {
                continue;
            }

            // A match ends here. Run back from its end for the earliest beginning, then forward for the longest.
            start = EarliestStart(text, from, i + 1);
            if (start >= 0 && Match(text, start, out length, out _) && length > 0)
            {
                return true;
            }
        }

        start = length = -1;
        return false;
    }

    /// <summary>
    /// The earliest place at or after <paramref name="from"/> where the rest of the text could be the beginning of a match that
    /// goes on beyond it; the length of the text when there is none.
    /// </summary>
    public int EarliestOpen(ReadOnlySpan<char> text, int from)
    {
        var cursor = openBackward.Value.Begin();
        var earliest = text.Length;
        var limit = Math.Max(from, text.Length - MaxLength + 1);
        for (var i = text.Length - 1; i >= limit; i--)
        {
            cursor.Read(text[i]);
            if (cursor.IsDead)
            {
                break;
            }

            if (cursor.IsAccepting)
            {
                earliest = i;
            }
        }

        return earliest;
    }

    /// <summary>For each ASCII character whether it may stand right behind another one in a match; all where a match may end with that one.</summary>
    internal bool[] CharactersBehind(char before)
    {
        var behind = new bool[128];
        foreach (var position in Enumerable.Range(0, automaton.Count).Where(p => automaton.SetOf(p).Contains(before)))
        {
            for (var c = 0; c < behind.Length; c++)
            {
                behind[c] |= Array.IndexOf(automaton.Last, position) >= 0
                    || automaton.FollowOf(position).Any(next => automaton.SetOf(next).Contains((char)c));
            }
        }

        return behind;
    }

    public override string ToString() => Source;

    private int EarliestStart(ReadOnlySpan<char> text, int from, int end)
    {
        var cursor = backward.Value.Begin();
        var earliest = -1;
        var limit = Math.Max(from, end - MaxLength);
        for (var i = end - 1; i >= limit; i--)
        {
            cursor.Read(text[i]);
            if (cursor.IsDead)
            {
                break;
            }

            if (cursor.IsAccepting)
            {
                earliest = i;
            }
        }

        return earliest;
    }

    private static bool[] Flags(int count, IEnumerable<int> set)
    {
        var flags = new bool[count];
        foreach (var i in set)
        {
            flags[i] = true;
        }

        return flags;
    }
}
