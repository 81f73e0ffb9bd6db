using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>
/// Looks for all identifiers that contain digits in one pass: digits are found vectorised, the shape of the word around them
/// chooses the few rules worth trying, and format, edges, check digits and context words decide in that order of cost.
/// </summary>
internal sealed class IdentifierScanner : IRecogniser
{
    private const int Ascii = 128;

    // Up to so many shapes are tried before words are looked up, which costs about as much.
    private const int FewRules = 32;
    private const int GroupsOfFirst = DigitLead.SeparatorCount * (DigitLead.MaxGroup + 1);
    private readonly RuleJudge judge;
    private readonly IdentifierRule[] rules;
    private readonly int[][] byFirst = new int[Ascii + 1][];
    private readonly RuleSets sets;
    private readonly ulong[][] setOfFirst;
    private readonly ulong[][] setOfLead = new ulong[(DigitLead.MaxDigits + 1) * DigitLead.FollowerCount][];
    private readonly ulong[][] bareOfLead = new ulong[(DigitLead.MaxDigits + 1) * DigitLead.FollowerCount][];
    private readonly ulong[][] setOfGroups = new ulong[(DigitLead.MaxGroup + 1) * GroupsOfFirst][];
    private readonly ulong[] none;
    private readonly LetterLead letterLead;
    private readonly LeadWords leadWords;
    private readonly SearchValues<char> marks;

    public IdentifierScanner(IReadOnlyList<IdentifierRule> rules)
    {
        // Longest first: a word longer than a rule's longest value ends the search.
        judge = new RuleJudge([.. rules.OrderByDescending(r => r.Shape.MaxLength).ThenBy(r => r.Info.Id, StringComparer.Ordinal)]);
        this.rules = judge.Rules;
        sets = new RuleSets(this.rules);
        none = new ulong[sets.Blocks];
        letterLead = new LetterLead(this.rules, sets);
        leadWords = new LeadWords(this.rules, sets);
        var all = Enumerable.Range(0, this.rules.Length).ToArray();
        for (var c = 0; c < Ascii; c++)
        {
            byFirst[c] = [.. all.Where(i => this.rules[i].Shape.CanBegin((char)c))];
        }

        byFirst[Ascii] = [.. all.Where(i => NonAsciiLeads.Any(this.rules[i].Shape.CanBegin) || GreekAndCyrillic.Any(this.rules[i].Shape.CanBegin))];
        setOfFirst = [.. byFirst.Select(sets.Of)];
        var digitFirst = all.Where(i => byFirst['0'..('9' + 1)].Any(list => list.Contains(i))).ToArray();
        for (var digits = 1; digits <= DigitLead.MaxDigits; digits++)
        {
            for (var follower = 0; follower < DigitLead.FollowerCount; follower++)
            {
                var lead = (digits * DigitLead.FollowerCount) + follower;
                setOfLead[lead] = sets.Of(digitFirst.Where(i => this.rules[i].Lead.Allows(digits, follower)));
                bareOfLead[lead] = sets.Of(digitFirst.Where(i => this.rules[i].NeedsWordWhenBare && !this.rules[i].Lead.GoesOn(digits, follower)));
            }
        }

        for (var group = 0; group < setOfGroups.Length; group++)
        {
            var (first, separator, second) = (group / GroupsOfFirst, group / (DigitLead.MaxGroup + 1) % DigitLead.SeparatorCount, group % (DigitLead.MaxGroup + 1));
            setOfGroups[group] = first == 0 ? none : sets.Of(digitFirst.Where(i => this.rules[i].Lead.AllowsGroups(first, separator, second)));
        }

        marks = SearchValues.Create([
            .. Enumerable.Range(0, Ascii).Select(c => (char)c).Where(c => !char.IsAsciiLetterOrDigit(c) && byFirst[c].Length > 0),
            .. NonAsciiLeads.Where(c => this.rules.Any(r => r.Shape.CanBegin(c)))]);
    }

    // Characters outside ASCII with which a shape may begin although they are no letters to which values are glued.
    private static ReadOnlySpan<char> NonAsciiLeadSpan => "Ññ〒京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

    private static IEnumerable<char> GreekAndCyrillic => Enumerable.Range(0x0370, 0x0190).Select(c => (char)c);

    private static char[] NonAsciiLeads { get; } = NonAsciiLeadSpan.ToArray();

    public Reach Reach => judge.Reach;

    [SkipLocalsInit]
    public void Recognise(in TextWindow window, FindingCollector findings)
    {
        var text = window.Text;
        Span<int> starts = stackalloc int[CandidateStarts.Capacity];
        var nearby = new NearbyWords(judge.Lexicon, stackalloc ContextHit[NearbyWords.Capacity]);
        var headings = new HeadingContext(judge.Lexicon, window, stackalloc ulong[judge.Lexicon.BlockCount], findings);
        var at = window.From;
        while (at < text.Length)
        {
            var offset = text[at..].IndexOfAnyInRange('0', '9');
            if (offset < 0)
            {
                break;
            }

            var digit = at + offset;
            var wordStart = CandidateStarts.WordStart(text, digit);
            at = CandidateStarts.WordEnd(text, digit);
            if (wordStart < 0)
            {
                continue;
            }

            var count = CandidateStarts.List(text, wordStart, marks, starts);
            for (var i = 0; i < count; i++)
            {
                if (starts[i] >= window.From)
                {
                    // Inside a word no value ends: one that begins with it is as long at least.
                    Judge(window, starts[i], starts[i] == wordStart ? at - wordStart : 0, ref nearby, ref headings, findings);
                }
            }
        }

        if (!window.IsFinal)
        {
            HoldUnfinishedLetters(window, starts, findings);
        }
    }

    /// <summary>Words of letters at the end of the text may be the beginning of a value the digits of which are still to come.</summary>
    private void HoldUnfinishedLetters(in TextWindow window, Span<int> starts, FindingCollector findings)
    {
        var text = window.Text;

        // The place where the next word would begin, as if it had come.
        var last = CandidateStarts.WordStart(text, text.Length);
        if (last < 0 || (last < text.Length && text[last..].ContainsAnyInRange('0', '9')))
        {
            return;
        }

        var count = CandidateStarts.List(text, last, marks, starts);
        for (var i = 0; i < count; i++)
        {
            var start = starts[i];
            if (start >= window.From && start < text.Length && IsAlive(text, start))
            {
                findings.Hold(start);
            }
        }
    }

    private bool IsAlive(ReadOnlySpan<char> text, int start)
    {
        foreach (var index in RulesFor(text[start]))
        {
            var shape = rules[index].Shape;
            shape.Match(text, start, out _, out var alive);
            if (alive && shape.IsStart(text, start))
            {
                return true;
            }
        }

        return false;
    }

    private int[] RulesFor(char first) => byFirst[Math.Min(first, (char)Ascii)];

    [SkipLocalsInit]
    private void Judge(
        in TextWindow window, int start, int wordLength, ref NearbyWords nearby, scoped ref HeadingContext headings, FindingCollector findings)
    {
        var text = window.Text;
        var candidates = CandidatesAt(window, start, out var bare, out var lead);
        var count = sets.CountOfLength(wordLength);
        var blocks = sets.Blocks;
        Span<ulong> wanted = stackalloc ulong[3 * blocks];
        var close = wanted.Slice(blocks, blocks);
        var far = wanted.Slice(2 * blocks, blocks);
        wanted = wanted[..blocks];
        var isStart = Boundaries.IsStart(text, start);
        var any = 0UL;
        for (var block = 0; block * 64 < count; block++)
        {
            wanted[block] = isStart ? candidates[block] : candidates[block] & sets.OwnStart[block];
            any |= wanted[block];
        }

        if (any == 0)
        {
            return;
        }

        var longest = LongestOf(wanted, count);
        if (!nearby.Covers(text, start, longest)
            && ((lead > 0 && leadWords.HasNone(window, start, lead, candidates)) || (IsFew(wanted, count) && !IsAnyShaped(text, start, wanted, count))))
        {
            sets.Long.CopyTo(far);
            close.Clear();
        }
        else
        {
            MarkNear(window, start, longest, ref nearby, close, far);
        }

        var heading = headings.Of(text, start);
        any = 0;
        for (var block = 0; block * 64 < count; block++)
        {
            far[block] |= close[block] | (heading.IsEmpty ? 0 : heading[block]);
            wanted[block] &= far[block] | (sets.Unconditional[block] & ~bare[block]);
            any |= wanted[block];
        }

        if (any != 0)
        {
            Try(window, start, wanted[..((count + 63) / 64)], far, heading, count, findings);
        }
    }

    private static bool IsFew(ReadOnlySpan<ulong> wanted, int count)
    {
        var rules = 0;
        for (var block = 0; block * 64 < count; block++)
        {
            rules += BitOperations.PopCount(wanted[block]);
        }

        return rules <= FewRules;
    }

    /// <summary>Whether a value of any wanted rule stands here, or may come to, as far as shape tells; of those with near words.</summary>
    private bool IsAnyShaped(ReadOnlySpan<char> text, int start, ReadOnlySpan<ulong> wanted, int count)
    {
        for (var block = 0; block * 64 < count; block++)
        {
            for (var left = wanted[block] & ~sets.Long[block]; left != 0; left &= left - 1)
            {
                var index = (block * 64) + BitOperations.TrailingZeroCount(left);
                if (rules[index].Shape.Match(text, start, out _, out var alive) || alive)
                {
                    return true;
                }
            }
        }

        return false;
    }

    [SkipLocalsInit]
    private void Try(
        in TextWindow window,
        int start,
        ReadOnlySpan<ulong> wanted,
        ReadOnlySpan<ulong> near,
        ReadOnlySpan<ulong> heading,
        int count,
        FindingCollector findings)
    {
        var evidence = new ContextEvidence(
            judge.Lexicon,
            stackalloc ulong[judge.Lexicon.BlockCount * ContextEvidence.Sets],
            start,
            heading);
        for (var block = 0; block < wanted.Length; block++)
        {
            for (var left = wanted[block]; left != 0; left &= left - 1)
            {
                var bit = BitOperations.TrailingZeroCount(left);
                var index = (block * 64) + bit;
                if (index >= count)
                {
                    return;
                }

                if (rules[index].Shape.HasOwnStart && !rules[index].Shape.IsStart(window.Text, start))
                {
                    continue;
                }

                judge.Try(window, start, index, (near[block] >> bit & 1) != 0, ref evidence, findings);
            }
        }
    }

    /// <summary>The longest value of those wanted rules whose surroundings are looked at as a whole.</summary>
    private int LongestOf(ReadOnlySpan<ulong> wanted, int count)
    {
        for (var block = 0; block * 64 < count; block++)
        {
            var left = wanted[block] & ~sets.Long[block];
            if (left != 0)
            {
                return rules[(block * 64) + BitOperations.TrailingZeroCount(left)].MaxLength;
            }
        }

        return 0;
    }

    /// <summary>Marks the rules with a word near by, or to which text still to come could bring one.</summary>
    private void MarkNear(in TextWindow window, int start, int longest, ref NearbyWords nearby, scoped Span<ulong> close, scoped Span<ulong> far)
    {
        var text = window.Text;
        nearby.Mark(text, start, longest, close, far);
        var isCloseOpen = !window.IsFinal && start + IdentifierRule.ShortLength + ContextText.CloseAfter >= text.Length;
        var isFarOpen = !window.IsFinal && start + ContextText.LongestValue + ContextText.After >= text.Length;
        for (var block = 0; block < far.Length; block++)
        {
            close[block] = isCloseOpen ? sets.Close[block] : close[block] & sets.Close[block];
            far[block] = (isFarOpen ? sets.Far[block] : far[block] & sets.Far[block]) | sets.Long[block];
        }
    }

    /// <summary>The rules of which a value could begin here, by its first characters.</summary>
    /// <param name="window">The text.</param>
    /// <param name="start">Where.</param>
    /// <param name="bare">Those of which it would be bare digits that mean nothing without a word.</param>
    /// <param name="lead">A number for all places with the same candidates; 0 without one.</param>
    private ulong[] CandidatesAt(in TextWindow window, int start, out ulong[] bare, out int lead)
    {
        bare = none;
        lead = 0;
        var text = window.Text;
        var first = setOfFirst[Math.Min(text[start], (char)Ascii)];
        if (!char.IsAsciiDigit(text[start]))
        {
            return letterLead.Narrow(text, start, first);
        }

        var rest = text[start..];
        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        if (digits < 0)
        {
            // The text ends with these digits; more may follow.
            return !window.IsFinal ? first : rest.Length > DigitLead.MaxDigits ? none : LeadOf(rest.Length, '\n', '\n', out bare, out lead);
        }

        if (digits > DigitLead.MaxDigits)
        {
            return none;
        }

        if (digits + 1 < rest.Length && char.IsAsciiDigit(rest[digits + 1]) && digits <= DigitLead.MaxGroup
            && DigitLead.SeparatorOf(rest[digits]) is >= 0 and var separator)
        {
            var second = rest[(digits + 1)..].IndexOfAnyExceptInRange('0', '9');
            if (second >= 0)
            {
                LeadOf(digits, rest[digits], rest[digits + 1], out bare, out _);
                return setOfGroups[(digits * GroupsOfFirst) + (separator * (DigitLead.MaxGroup + 1)) + (second > DigitLead.MaxGroup ? 0 : second)];
            }
        }

        return digits + 1 < rest.Length ? LeadOf(digits, rest[digits], rest[digits + 1], out bare, out lead)
            : window.IsFinal ? LeadOf(digits, rest[digits], '\n', out bare, out lead)
            : first;
    }

    private ulong[] LeadOf(int digits, char next, char second, out ulong[] bare, out int lead)
    {
        lead = (digits * DigitLead.FollowerCount) + DigitLead.FollowerOf(next, second);
        bare = bareOfLead[lead];
        return setOfLead[lead];
    }
}
