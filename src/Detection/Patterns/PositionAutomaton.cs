namespace EdgeFilter.Detection.Patterns;

/// <summary>
/// Glushkov's position automaton of a pattern: one state for each character position, no empty moves, so it can be run
/// backwards by turning its edges round.
/// </summary>
internal sealed class PositionAutomaton
{
    private const int MaxPositions = 40_000;
    private readonly List<CharSet> sets = [];
    private readonly List<List<int>> follow = [];

    private PositionAutomaton(PatternNode node)
    {
        var whole = Build(node);
        Start = [.. whole.First];
        Last = [.. whole.Last.Distinct()];
        IsNullable = whole.Nullable;
    }

    public int Count => sets.Count;

    /// <summary>Positions where a match can begin.</summary>
    public int[] Start { get; }

    /// <summary>Positions where a match can end.</summary>
    public int[] Last { get; }

    public bool IsNullable { get; }

    public CharSet SetOf(int position) => sets[position];

    public IReadOnlyList<int> FollowOf(int position) => follow[position];

    public static PositionAutomaton Of(PatternNode node) => new(node);

    /// <summary>For each position, the positions that can come before it.</summary>
    public List<int>[] Precede()
    {
        var precede = new List<int>[Count];
        for (var i = 0; i < Count; i++)
        {
            precede[i] = [];
        }

        for (var p = 0; p < Count; p++)
        {
            foreach (var q in follow[p])
            {
                precede[q].Add(p);
            }
        }

        return precede;
    }

    private Fragment Build(PatternNode node)
    {
        switch (node)
        {
            case EmptyNode:
                return new Fragment(true, [], []);
            case SetNode set:
                if (sets.Count >= MaxPositions)
                {
                    throw new PatternException($"repetitions make the pattern larger than {MaxPositions} positions; lower the counts", 0);
                }

                sets.Add(set.Set);
                follow.Add([]);
                return new Fragment(false, [sets.Count - 1], [sets.Count - 1]);
            case SequenceNode sequence:
                return sequence.Parts.Select(Build).Aggregate(Concat);
            case AlternationNode alternation:
                var options = alternation.Options.Select(Build).ToArray();
                return new Fragment(
                    options.Any(o => o.Nullable),
                    [.. options.SelectMany(o => o.First)],
                    [.. options.SelectMany(o => o.Last)]);
            case RepeatNode repeat:
                return BuildRepeat(repeat);
            default:
                throw new InvalidOperationException($"Unknown pattern node {node.GetType().Name}.");
        }
    }

    // x{2,5} becomes xx(x(x(x)?)?)?, built from the inside out: so every position is followed by one, not by all that may come.
    private Fragment BuildRepeat(RepeatNode repeat)
    {
        Fragment? tail = null;
        if (repeat.Max is null)
        {
            var loop = Build(repeat.Part);
            Connect(loop.Last, loop.First);
            tail = loop with { Nullable = true };
        }
        else
        {
            for (var i = repeat.Min; i < repeat.Max; i++)
            {
                var part = Build(repeat.Part);
                tail = (tail is null ? part : Concat(part, tail)) with { Nullable = true };
            }
        }

        var result = new Fragment(true, [], []);
        for (var i = 0; i < repeat.Min; i++)
        {
            result = Concat(result, Build(repeat.Part));
        }

        return tail is null ? result : Concat(result, tail);
    }

    private Fragment Concat(Fragment a, Fragment b)
    {
        Connect(a.Last, b.First);
        var first = a.First;
        if (a.Nullable)
        {
            first = [.. a.First, .. b.First];
        }

        // The list of b is not used again: growing it in place keeps long optional tails linear.
        var last = b.Last;
        if (b.Nullable)
        {
            last.AddRange(a.Last);
        }

        return new Fragment(a.Nullable && b.Nullable, first, last);
    }

    private void Connect(List<int> from, List<int> to)
    {
        foreach (var p in from)
        {
            foreach (var q in to)
            {
                if (!follow[p].Contains(q))
                {
                    follow[p].Add(q);
                }
            }
        }
    }

    private sealed record Fragment(bool Nullable, List<int> First, List<int> Last);
}
