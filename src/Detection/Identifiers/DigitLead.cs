using EdgeFilter.Detection.Patterns;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>What stands behind the digits that a candidate begins with.</summary>
internal enum LeadFollower
{
    Other,
    Letter,
    Space,
    Dash,
    Dot,
    Slash,
    Bracket,
}

/// <summary>
/// After how many leading digits a shape may end or go on with which kind of character: what tells a ten-digit number from all
/// shapes of nine and eleven digits without trying them.
/// </summary>
internal sealed class DigitLead
{
    /// <summary>Longer runs of digits are told apart by trying.</summary>
    public const int MaxDigits = 31;

    public const int FollowerCount = 7;

    private readonly uint[] allowed = new uint[FollowerCount];

    private DigitLead()
    {
    }

    public static LeadFollower FollowerOf(char c) => c switch
    {
        ' ' => LeadFollower.Space,
        '-' => LeadFollower.Dash,
        '.' => LeadFollower.Dot,
        '/' => LeadFollower.Slash,
        '(' or ')' => LeadFollower.Bracket,
        _ => LetterFolding.IsGlue(c) ? LeadFollower.Letter : LeadFollower.Other,
    };

    /// <summary>Whether a value may begin with exactly this many digits before such a character.</summary>
    public bool Allows(int digits, LeadFollower follower) => (allowed[(int)follower] >> digits & 1) != 0;

    /// <summary>For shapes that no pattern describes: anything may follow.</summary>
    public static DigitLead Anything()
    {
        var lead = new DigitLead();
        Array.Fill(lead.allowed, uint.MaxValue);
        return lead;
    }

    public static DigitLead Of(string pattern, bool ignoreCase)
    {
        var automaton = PositionAutomaton.Of(PatternParser.Parse(pattern, ignoreCase).Node);
        var lead = new DigitLead();
        var reached = new HashSet<int>(automaton.Start.Where(p => Holds(automaton.SetOf(p), '0', '9')));
        var last = automaton.Last.ToHashSet();
        for (var digits = 1; digits <= MaxDigits && reached.Count > 0; digits++)
        {
            var next = reached.SelectMany(p => automaton.FollowOf(p)).ToHashSet();
            var sets = next.Select(automaton.SetOf).ToArray();
            var bit = 1u << digits;
            if (reached.Any(last.Contains))
            {
                // The value may end here, whatever stands behind it but a letter.
                foreach (var follower in Enum.GetValues<LeadFollower>())
                {
                    lead.allowed[(int)follower] |= follower == LeadFollower.Letter ? 0 : bit;
                }
            }

            lead.allowed[(int)LeadFollower.Space] |= sets.Any(s => Holds(s, ' ', ' ')) ? bit : 0;
            lead.allowed[(int)LeadFollower.Dash] |= sets.Any(s => Holds(s, '-', '-')) ? bit : 0;
            lead.allowed[(int)LeadFollower.Dot] |= sets.Any(s => Holds(s, '.', '.')) ? bit : 0;
            lead.allowed[(int)LeadFollower.Slash] |= sets.Any(s => Holds(s, '/', '/')) ? bit : 0;
            lead.allowed[(int)LeadFollower.Bracket] |= sets.Any(s => Holds(s, '(', ')')) ? bit : 0;
            lead.allowed[(int)LeadFollower.Letter] |= sets.Any(s => Holds(s, 'A', 'Z') || Holds(s, 'a', 'z') || Holds(s, '\u00AA', '\u058F')) ? bit : 0;
            lead.allowed[(int)LeadFollower.Other] |= sets.Any(HoldsOther) ? bit : 0;
            reached = next.Where(p => Holds(automaton.SetOf(p), '0', '9')).ToHashSet();
        }

        return lead;
    }

    private static bool HoldsOther(CharSet set)
    {
        foreach (var (from, to) in set.Ranges)
        {
            for (var c = (int)from; c <= to; c++)
            {
                if (FollowerOf((char)c) == LeadFollower.Other && !char.IsAsciiDigit((char)c))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Holds(CharSet set, char from, char to)
    {
        foreach (var range in set.Ranges)
        {
            if (range.From <= to && from <= range.To)
            {
                return true;
            }
        }

        return false;
    }
}
