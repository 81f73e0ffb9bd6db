namespace EdgeFilter.Detection.Identifiers;

/// <summary>
/// Which rules survive the first characters of a candidate that begins with a letter: the first two as they are, the third by its
/// kind. Answers are made as they are asked for and kept, all of them: no text can push out what another needs.
/// </summary>
internal sealed class LetterLead
{
    private const int Kinds = 4;
    private const int Codes = 26 + 26 + 10;
    private static readonly char[][] KindMembers =
    [
        [.. Range('0', '9')],
        [.. Range('A', 'Z')],
        [.. Range('a', 'z')],
    ];

    private readonly IdentifierRule[] rules;
    private readonly RuleSets sets;
    private readonly ulong[] none;
    private readonly Dictionary<string, Candidates> known = new(StringComparer.Ordinal);
    private readonly Candidates?[] answers = new Candidates[Codes * Codes * Kinds];

    public LetterLead(IdentifierRule[] rules, RuleSets sets)
    {
        this.rules = rules;
        this.sets = sets;
        none = new ulong[sets.Blocks];
    }

    /// <summary>Those of <paramref name="candidates"/> that a value at <paramref name="start"/> could be of.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the value begins.</param>
    /// <param name="candidates">The rules for the first character, always the same for the same one.</param>
    public Candidates Narrow(ReadOnlySpan<char> text, int start, Candidates candidates)
    {
        var first = CodeOf(text[start]);
        var second = start + 2 < text.Length ? CodeOf(text[start + 1]) : -1;
        if (first < 0 || second < 0)
        {
            return candidates;
        }

        var kind = KindOf(text[start + 2]);

        // Answers are never changed: a thread sees none or a true one.
        ref var slot = ref answers[(((first * Codes) + second) * Kinds) + kind];
        var answer = Volatile.Read(ref slot);
        if (answer is null)
        {
            answer = Shared(Survivors(text[start], text[start + 1], kind, candidates.Set));
            Volatile.Write(ref slot, answer);
        }

        return answer;
    }

    private static IEnumerable<char> Range(char from, char to) => Enumerable.Range(from, to - from + 1).Select(c => (char)c);

    private static int CodeOf(char c) => c switch
    {
        >= 'a' and <= 'z' => c - 'a',
        >= 'A' and <= 'Z' => 26 + c - 'A',
        >= '0' and <= '9' => 52 + c - '0',
        _ => -1,
    };

    private static int KindOf(char c) => c switch
    {
        >= '0' and <= '9' => 0,
        >= 'A' and <= 'Z' => 1,
        >= 'a' and <= 'z' => 2,
        _ => 3,
    };

    /// <summary>Most places have the same few rules: each set of them is kept once.</summary>
    private Candidates Shared(ulong[] set)
    {
        var key = string.Join(',', set);
        lock (known)
        {
            if (!known.TryGetValue(key, out var made))
            {
                made = new Candidates(rules, sets, set, none, 0);
                known.Add(key, made);
            }

            return made;
        }
    }

    private ulong[] Survivors(char first, char second, int kind, ulong[] candidates)
    {
        var survivors = new List<int>();
        for (var index = 0; index < rules.Length; index++)
        {
            if ((candidates[index / 64] >> (index % 64) & 1) == 0 || !Survives(index, [first, second]))
            {
                continue;
            }

            // Of the characters that are neither letters nor digits there are too many to try.
            if (kind == KindMembers.Length || Array.Exists(KindMembers[kind], third => Survives(index, [first, second, third])))
            {
                survivors.Add(index);
            }
        }

        return sets.Of(survivors);
    }

    private bool Survives(int rule, ReadOnlySpan<char> prefix) => rules[rule].Shape.Match(prefix, 0, out _, out var alive) || alive;
}
