using EdgeFilter.Detection.Patterns;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>
/// After how many leading digits a shape may end or go on with which kinds of characters: what tells a ten-digit number from all
/// shapes of nine and eleven digits without trying them.
/// </summary>
internal sealed class DigitLead
{
    /// <summary>Longer runs of digits are told apart by trying.</summary>
    public const int MaxDigits = 31;

    /// <summary>How many combinations of the character behind the digits and the one behind that there are.</summary>
    public const int FollowerCount = Firsts * Seconds;

    /// <summary>The longest runs of digits for which the second one is looked at too.</summary>
    public const int MaxGroup = 15;

    /// <summary>How many separators between two runs of digits are told apart.</summary>
    public const int SeparatorCount = (int)LeadFollower.Slash + 1;

    // Kinds of characters are asked for at every number.
    private static readonly sbyte[] SeparatorOfAscii =
        [.. Enumerable.Range(0, 0x80).Select(c => (int)FirstOf((char)c) < SeparatorCount ? (sbyte)FirstOf((char)c) : (sbyte)-1)];

    private const int Firsts = 7;
    private const int Seconds = 3;
    private readonly uint[] allowed = new uint[FollowerCount];
    private readonly uint[] goesOn = new uint[FollowerCount];
    private readonly ushort[] groups = new ushort[(MaxGroup + 1) * SeparatorCount];

    private DigitLead()
    {
    }

    /// <summary>The combination of two characters behind the digits.</summary>
    public static int FollowerOf(char first, char second) => ((int)FirstOf(first) * Seconds) + SecondOf(second);

    /// <summary>The combination of a separator and a digit behind it.</summary>
    public static int FollowerBeforeDigit(int separator) => (separator * Seconds) + SecondOf('0');

    /// <summary>Whether a value may begin with exactly this many digits before such characters.</summary>
    public bool Allows(int digits, int follower) => (allowed[follower] >> digits & 1) != 0;

    /// <summary>Whether a value with this beginning may be more than its leading digits.</summary>
    public bool GoesOn(int digits, int follower) => (goesOn[follower] >> digits & 1) != 0;

    /// <summary>The separator for <see cref="AllowsGroups"/>; -1 for another character.</summary>
    public static int SeparatorOf(char c) => c < 0x80 ? SeparatorOfAscii[c] : FirstOf(c) is var kind && (int)kind < SeparatorCount ? (int)kind : -1;

    /// <summary>
    /// Whether a value may begin with a run of exactly so many digits, a separator and another run of exactly so many; 0 stands for a
    /// second run of more than <see cref="MaxGroup"/>.
    /// </summary>
    public bool AllowsGroups(int first, int separator, int second) => (groups[(first * SeparatorCount) + separator] >> second & 1) != 0;

    /// <summary>For shapes that no pattern describes: anything may follow.</summary>
    public static DigitLead Anything()
    {
        var lead = new DigitLead();
        Array.Fill(lead.allowed, uint.MaxValue);
        Array.Fill(lead.goesOn, uint.MaxValue);
        Array.Fill(lead.groups, ushort.MaxValue);
        return lead;
    }

    public static DigitLead Of(string pattern, bool ignoreCase = false)
    {
        var automaton = PositionAutomaton.Of(PatternParser.Parse(pattern, ignoreCase).Node);
        var lead = new DigitLead();
        var last = automaton.Last.ToHashSet();
        var reached = automaton.Start.Where(p => Holds(automaton.SetOf(p), '0', '9')).ToHashSet();
        for (var digits = 1; digits <= MaxDigits && reached.Count > 0; digits++)
        {
            var next = reached.SelectMany(automaton.FollowOf).ToHashSet();
            var ends = reached.Any(last.Contains);
            for (var first = 0; first < Firsts; first++)
            {
                var taken = next.Where(p => HoldsFirst(automaton.SetOf(p), (LeadFollower)first)).ToArray();
                var endsHere = ends && first != (int)LeadFollower.Letter;
                var endsNext = taken.Any(last.Contains);
                if (digits <= MaxGroup && first < SeparatorCount)
                {
                    lead.groups[(digits * SeparatorCount) + first] = endsHere || endsNext ? ushort.MaxValue : SecondGroups(automaton, taken);
                }

                var after = taken.SelectMany(automaton.FollowOf).Select(automaton.SetOf).ToArray();
                for (var second = 0; second < Seconds; second++)
                {
                    var goesOn = endsNext || after.Any(s => HoldsSecond(s, second));
                    lead.goesOn[(first * Seconds) + second] |= goesOn ? 1u << digits : 0;
                    lead.allowed[(first * Seconds) + second] |= goesOn || endsHere ? 1u << digits : 0;
                }
            }

            reached = next.Where(p => Holds(automaton.SetOf(p), '0', '9')).ToHashSet();
        }

        return lead;
    }

    /// <summary>How many digits may follow a separator: after which a value ends, or goes on with something else.</summary>
    private static ushort SecondGroups(PositionAutomaton automaton, int[] separators)
    {
        var allowed = 0;
        var reached = Digits(separators);
        for (var digits = 1; digits <= MaxGroup && reached.Count > 0; digits++)
        {
            if (reached.Any(automaton.Last.Contains) || reached.SelectMany(automaton.FollowOf).Any(p => HoldsAnythingElse(automaton.SetOf(p))))
            {
                allowed |= 1 << digits;
            }

            reached = Digits(reached);
        }

        return (ushort)(reached.Count > 0 ? allowed | 1 : allowed);

        HashSet<int> Digits(IEnumerable<int> from) =>
            [.. from.SelectMany(automaton.FollowOf).Where(p => Holds(automaton.SetOf(p), '0', '9'))];
    }

    private static bool HoldsAnythingElse(CharSet set)
    {
        foreach (var (from, to) in set.Ranges)
        {
            if (from < '0' || to > '9')
            {
                return true;
            }
        }

        return false;
    }

    private static LeadFollower FirstOf(char c) => c switch
    {
        ' ' => LeadFollower.Space,
        '-' => LeadFollower.Dash,
        '.' => LeadFollower.Dot,
        '/' => LeadFollower.Slash,
        '(' or ')' => LeadFollower.Bracket,
        _ => LetterFolding.IsGlue(c) ? LeadFollower.Letter : LeadFollower.Other,
    };

    private static int SecondOf(char c) => char.IsAsciiDigit(c) ? 0 : LetterFolding.IsGlue(c) ? 1 : 2;

    private static bool HoldsFirst(CharSet set, LeadFollower kind) => kind switch
    {
        LeadFollower.Space => Holds(set, ' ', ' '),
        LeadFollower.Dash => Holds(set, '-', '-'),
        LeadFollower.Dot => Holds(set, '.', '.'),
        LeadFollower.Slash => Holds(set, '/', '/'),
        LeadFollower.Bracket => Holds(set, '(', ')'),
        LeadFollower.Letter => HoldsLetter(set),
        _ => HoldsAny(set, c => !char.IsAsciiDigit(c) && FirstOf(c) == LeadFollower.Other),
    };

    private static bool HoldsSecond(CharSet set, int kind) => kind switch
    {
        0 => Holds(set, '0', '9'),
        1 => HoldsLetter(set),
        _ => HoldsAny(set, c => SecondOf(c) == 2),
    };

    private static bool HoldsLetter(CharSet set) => Holds(set, 'A', 'Z') || Holds(set, 'a', 'z') || Holds(set, '\u00AA', '\u058F');

    private static bool HoldsAny(CharSet set, Func<char, bool> isWanted)
    {
        foreach (var (from, to) in set.Ranges)
        {
            for (var c = (int)from; c <= to; c++)
            {
                if (isWanted((char)c))
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
