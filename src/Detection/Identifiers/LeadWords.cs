using System.Numerics;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>
/// For candidates that are a single run of digits: whether any word of the few rules that allow such a run is near. Most numbers in
/// prose have none. Answers are prepared when a kind of run is first met, and kept.
/// </summary>
internal sealed class LeadWords(IdentifierRule[] rules, RuleSets sets)
{
    // Where more rules compete, some word of theirs is nearly always near.
    private const int MaxRules = 40;

    private readonly Filters?[] prepared = new Filters?[(DigitLead.MaxDigits + 1) * DigitLead.FollowerCount];

    /// <summary>True when it is certain that no word of any candidate is near, and none can come.</summary>
    /// <param name="window">The text.</param>
    /// <param name="start">Where the digits begin.</param>
    /// <param name="lead">The kind of run.</param>
    /// <param name="candidates">The rules that allow it; always the same for one kind.</param>
    public bool HasNone(in TextWindow window, int start, int lead, ulong[] candidates)
    {
        ref var slot = ref prepared[lead];
        var filters = Volatile.Read(ref slot);
        if (filters is null)
        {
            filters = Prepare(candidates);
            Volatile.Write(ref slot, filters);
        }

        var text = window.Text;
        var end = start + filters.Longest + ContextText.After;
        if (filters.Far is null || (!window.IsFinal && end >= text.Length))
        {
            return false;
        }

        return !filters.Close!.MayFind(
                text,
                Math.Max(0, start - ContextText.CloseBefore),
                Math.Min(text.Length, start + IdentifierRule.ShortLength + ContextText.CloseAfter))
            && !filters.Far.MayFind(text, Math.Max(0, start - ContextText.Before), Math.Min(text.Length, end));
    }

    private Filters Prepare(ulong[] candidates)
    {
        var members = new List<(int Index, IdentifierRule Rule)>();
        for (var block = 0; block < candidates.Length; block++)
        {
            for (var left = candidates[block]; left != 0; left &= left - 1)
            {
                var index = (block * 64) + BitOperations.TrailingZeroCount(left);
                members.Add((index, rules[index]));
            }
        }

        if (members.Count > MaxRules)
        {
            return new Filters(ContextText.LongestValue, null, null);
        }

        var near = members.Where(m => (sets.Long[m.Index / 64] >> (m.Index % 64) & 1) == 0).Select(m => m.Rule).ToArray();
        return new Filters(
            Math.Max(IdentifierRule.ShortLength, near.Length == 0 ? 0 : near.Max(r => r.MaxLength)),
            new WordFilter(WordsOf(near.Where(r => r.IsShort))),
            new WordFilter(WordsOf(near.Where(r => !r.IsShort))));
    }

    private static IEnumerable<ContextWord> WordsOf(IEnumerable<IdentifierRule> of) =>
        of.SelectMany(r => r.Words).Distinct(StringComparer.Ordinal).SelectMany(ContextWord.Read);

    /// <param name="Longest">The longest value of the rules that are looked at by stretch.</param>
    /// <param name="Close">The words of those that count only close to a value; null without filters.</param>
    /// <param name="Far">The words of the others.</param>
    private sealed record Filters(int Longest, WordFilter? Close, WordFilter? Far);
}
