namespace EdgeFilter.Detection.Identifiers;

/// <summary>Sets of the rules of one scanner, a bit for each, by what they have in common.</summary>
internal sealed class RuleSets
{
    private readonly int[] firstShorter;

    /// <param name="rules">The rules, longest first.</param>
    public RuleSets(IdentifierRule[] rules)
    {
        Blocks = (rules.Length + 63) / 64;
        Unconditional = Of(rules, r => !r.CanSkip);
        Close = Of(rules, r => r.IsShort);
        Far = Of(rules, r => !r.IsShort && r.MaxLength <= ContextText.LongestValue);
        Long = Of(rules, r => r.MaxLength > ContextText.LongestValue);
        OwnStart = Of(rules, r => r.Shape.HasOwnStart);
        firstShorter = [.. Enumerable.Range(0, CandidateStarts.MaxWord + 1).Select(length => rules.Count(r => r.MaxLength >= length))];
    }

    /// <summary>How many blocks of 64 rules a set takes.</summary>
    public int Blocks { get; }

    /// <summary>Tried whatever stands around.</summary>
    public ulong[] Unconditional { get; }

    /// <summary>Short values, the words of which must stand close.</summary>
    public ulong[] Close { get; }

    /// <summary>Values up to <see cref="ContextText.LongestValue"/>.</summary>
    public ulong[] Far { get; }

    /// <summary>Longer values, the surroundings of which are looked at for each.</summary>
    public ulong[] Long { get; }

    /// <summary>Rules that judge by themselves where a value may begin.</summary>
    public ulong[] OwnStart { get; }

    /// <summary>The number of rules with values as long as this word, which are the first ones.</summary>
    public int CountOfLength(int word) => firstShorter[Math.Min(word, firstShorter.Length - 1)];

    public ulong[] Of(IEnumerable<int> indices)
    {
        var set = new ulong[Blocks];
        foreach (var index in indices)
        {
            set[index / 64] |= 1UL << (index % 64);
        }

        return set;
    }

    private ulong[] Of(IdentifierRule[] rules, Func<IdentifierRule, bool> isMember) =>
        Of(Enumerable.Range(0, rules.Length).Where(i => isMember(rules[i])));
}
