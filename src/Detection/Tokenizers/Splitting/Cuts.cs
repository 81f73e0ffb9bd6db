using EdgeFilter.Detection.Tokenizers.Text;

namespace EdgeFilter.Detection.Tokenizers.Splitting;

/// <summary>The parts of one piece, those that matched and those between, and what a behaviour makes of them.</summary>
internal sealed class Cuts
{
    [ThreadStatic]
    private static Cuts? own;

    private readonly List<(int Start, int End, bool IsMatch)> parts = [];
    private int covered;

    /// <summary>One for the calling thread, empty.</summary>
    public static Cuts Fresh()
    {
        var cuts = own ??= new Cuts();
        cuts.parts.Clear();
        cuts.covered = 0;
        return cuts;
    }

    public List<TextSpan> Matches { get; } = [];

    /// <summary>Adds a match; what lies before it and behind the last one is no match.</summary>
    public void Add(int start, int end)
    {
        if (start > covered)
        {
            parts.Add((covered, start, false));
        }

        parts.Add((start, end, true));
        covered = end;
    }

    /// <summary>Keeps what the behaviour says, of a piece of the given length.</summary>
    public void Apply(SplitBehaviour behaviour, bool isInverted, TextPieces pieces, TextPiece piece)
    {
        var length = piece.End - piece.Start;
        if (covered < length)
        {
            parts.Add((covered, length, false));
        }

        var start = 0;
        for (var i = 0; i < parts.Count; i++)
        {
            var isMatch = parts[i].IsMatch != isInverted;
            if (behaviour == SplitBehaviour.Removed && isMatch)
            {
                start = parts[i].End;
                continue;
            }

            if (i + 1 < parts.Count && IsOneWithNext(behaviour, isMatch, parts[i + 1].IsMatch != isInverted))
            {
                continue;
            }

            pieces.Keep(piece.Start + start, piece.Start + parts[i].End);
            start = parts[i].End;
        }
    }

    private static bool IsOneWithNext(SplitBehaviour behaviour, bool isMatch, bool isNextMatch) => behaviour switch
    {
        SplitBehaviour.Contiguous => isMatch == isNextMatch,
        SplitBehaviour.MergedWithPrevious => !isMatch && isNextMatch,
        SplitBehaviour.MergedWithNext => isMatch && !isNextMatch,
        _ => false,
    };
}
