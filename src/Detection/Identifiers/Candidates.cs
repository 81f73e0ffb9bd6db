using System.Numerics;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>The rules of which a value could begin at places that look alike from their first characters. Immutable.</summary>
internal sealed class Candidates
{
    // Up to so many shapes are tried before words are looked up, which costs about as much.
    private const int FewRules = 32;

    /// <param name="rules">The rules of the scanner, longest first.</param>
    /// <param name="sets">What they have in common.</param>
    /// <param name="set">The rules.</param>
    /// <param name="bare">Those of which a value would be bare digits that mean nothing without a word.</param>
    /// <param name="lead">A number for this kind of place, where it is a single run of digits; 0 elsewhere.</param>
    public Candidates(IdentifierRule[] rules, RuleSets sets, ulong[] set, ulong[] bare, int lead)
    {
        Set = set;
        Bare = bare;
        Lead = lead;
        var all = new List<Candidate>();
        for (var block = set.Length - 1; block >= 0; block--)
        {
            var near = set[block] & ~sets.Long[block];
            Longest = near == 0 ? Longest : rules[(block * 64) + BitOperations.TrailingZeroCount(near)].MaxLength;
        }

        for (var block = 0; block < set.Length; block++)
        {
            for (var left = set[block]; left != 0; left &= left - 1)
            {
                var bit = BitOperations.TrailingZeroCount(left);
                all.Add(new Candidate(
                    (block * 64) + bit,
                    IsLong: (sets.Long[block] >> bit & 1) != 0,
                    HasOwnStart: (sets.OwnStart[block] >> bit & 1) != 0,
                    NeedsWord: ((sets.Long[block] | (sets.Unconditional[block] & ~bare[block])) >> bit & 1) == 0));
            }
        }

        IsEmpty = all.Count == 0;
        HasOwnStart = all.Exists(c => c.HasOwnStart);
        WithoutWord = [.. all.Where(c => !c.NeedsWord)];
        if (all.Count <= FewRules)
        {
            Few = [.. all.Where(c => !c.IsLong)];
            Long = [.. all.Where(c => c.IsLong)];
        }
    }

    /// <summary>All of them.</summary>
    public ulong[] Set { get; }

    public bool IsEmpty { get; }

    /// <summary>Whether some judge by themselves where a value may begin.</summary>
    public bool HasOwnStart { get; }

    /// <summary>Those of which a value would be bare digits that mean nothing without a word.</summary>
    public ulong[] Bare { get; }

    /// <summary>A number for this kind of place, where it is a single run of digits; 0 elsewhere.</summary>
    public int Lead { get; }

    /// <summary>The longest value of those whose surroundings are looked at as a whole; 0 without one.</summary>
    public int Longest { get; }

    /// <summary>What is left to try, longest first, where no word is near.</summary>
    public Candidate[] WithoutWord { get; }

    /// <summary>Those the surroundings of which are looked at as a whole, where there are so few of all that trying their shapes costs less; else null.</summary>
    public Candidate[]? Few { get; }

    /// <summary>The others; empty where <see cref="Few"/> is null.</summary>
    public Candidate[] Long { get; } = [];
}

/// <summary>A rule to try.</summary>
/// <param name="Index">Its place among the rules.</param>
/// <param name="IsLong">Its surroundings are looked at for itself.</param>
/// <param name="HasOwnStart">It judges by itself where a value may begin.</param>
/// <param name="NeedsWord">It need not be tried where no word is near.</param>
internal readonly record struct Candidate(int Index, bool IsLong, bool HasOwnStart, bool NeedsWord);
