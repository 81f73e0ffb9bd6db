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

    private const int ShortRun = 8;
    private const int GroupsOfFirst = DigitLead.SeparatorCount * (DigitLead.MaxGroup + 1);
    private readonly RuleJudge judge;
    private readonly IdentifierRule[] rules;
    private readonly int[][] byFirst = new int[Ascii + 1][];
    private readonly RuleSets sets;
    private readonly Candidates[] ofFirst;
    private readonly Candidates[] ofLead = new Candidates[(DigitLead.MaxDigits + 1) * DigitLead.FollowerCount];
    private readonly Candidates[] ofGroups = new Candidates[(DigitLead.MaxGroup + 1) * GroupsOfFirst];
    private readonly Candidates none;
    private readonly LetterLead letterLead;
    private readonly LeadWords leadWords;
    private readonly SearchValues<char> marks;

    public IdentifierScanner(IReadOnlyList<IdentifierRule> rules)
    {
        // Longest first: a word longer than a rule's longest value ends the search.
        judge = new RuleJudge([.. rules.OrderByDescending(r => r.Shape.MaxLength).ThenBy(r => r.Info.Id, StringComparer.Ordinal)]);
        this.rules = judge.Rules;
        sets = new RuleSets(this.rules);
        var empty = new ulong[sets.Blocks];
        none = new Candidates(this.rules, sets, empty, empty, 0);
        letterLead = new LetterLead(this.rules, sets);
        leadWords = new LeadWords(this.rules, sets);
        var all = Enumerable.Range(0, this.rules.Length).ToArray();
        for (var c = 0; c < Ascii; c++)
        {
            byFirst[c] = [.. all.Where(i => this.rules[i].Shape.CanBegin((char)c))];
        }

        byFirst[Ascii] = [.. all.Where(i => NonAsciiLeads.Any(this.rules[i].Shape.CanBegin) || GreekAndCyrillic.Any(this.rules[i].Shape.CanBegin))];
        ofFirst = [.. byFirst.Select(list => new Candidates(this.rules, sets, sets.Of(list), empty, 0))];
        var digitFirst = all.Where(i => byFirst['0'..('9' + 1)].Any(list => list.Contains(i))).ToArray();
        for (var digits = 1; digits <= DigitLead.MaxDigits; digits++)
        {
            for (var follower = 0; follower < DigitLead.FollowerCount; follower++)
            {
                var lead = (digits * DigitLead.FollowerCount) + follower;
                ofLead[lead] = new Candidates(
                    this.rules,
                    sets,
                    sets.Of(digitFirst.Where(i => this.rules[i].Lead.Allows(digits, follower))),
                    sets.Of(digitFirst.Where(i => this.rules[i].NeedsWordWhenBare && !this.rules[i].Lead.GoesOn(digits, follower))),
                    lead);
            }
        }

        for (var group = 0; group < ofGroups.Length; group++)
        {
            var (first, separator, second) = (group / GroupsOfFirst, group / (DigitLead.MaxGroup + 1) % DigitLead.SeparatorCount, group % (DigitLead.MaxGroup + 1));
            ofGroups[group] = first == 0 ? none : new Candidates(
                this.rules,
                sets,
                sets.Of(digitFirst.Where(i => this.rules[i].Lead.AllowsGroups(first, separator, second))),
                ofLead[(first * DigitLead.FollowerCount) + DigitLead.FollowerBeforeDigit(separator)].Bare,
                0);
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
        Span<ulong> bits = stackalloc ulong[(judge.Lexicon.BlockCount * ContextEvidence.Sets) + (3 * sets.Blocks)];
        var at = window.From;
        while (at < text.Length)
        {
            // Numbers in a row often have one character between them.
            var digit = at + 1;
            if (digit >= text.Length || !char.IsAsciiDigit(text[digit]) || char.IsAsciiDigit(text[at]))
            {
                var offset = text[at..].IndexOfAnyInRange('0', '9');
                if (offset < 0)
                {
                    break;
                }

                digit = at + offset;
            }

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
                    Judge(window, starts[i], starts[i] == wordStart ? at - wordStart : 0, ref nearby, ref headings, bits, findings);
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

    private void Judge(
        in TextWindow window,
        int start,
        int wordLength,
        ref NearbyWords nearby,
        scoped ref HeadingContext headings,
        scoped Span<ulong> bits,
        FindingCollector findings)
    {
        var text = window.Text;
        var candidates = CandidatesAt(window, start);
        var count = sets.CountOfLength(wordLength);
        var isStart = Boundaries.IsStart(text, start);
        if (isStart ? candidates.IsEmpty : !candidates.HasOwnStart)
        {
            return;
        }

        var heading = headings.Of(text, start);
        var evidence = new ContextEvidence(judge.Lexicon, bits[(3 * sets.Blocks)..], start, heading);
        if (heading.IsEmpty && (window.IsFinal || start + ContextText.LongestValue + ContextText.After < text.Length) && nearby.HasNone(text, start, candidates.Longest))
        {
            TryEach(window, start, candidates.WithoutWord, isStart, count, ref evidence, findings);
            return;
        }

        var blocks = sets.Blocks;
        var wanted = bits[..blocks];
        var any = 0UL;
        for (var block = 0; block * 64 < count; block++)
        {
            wanted[block] = isStart ? candidates.Set[block] : candidates.Set[block] & sets.OwnStart[block];
            any |= wanted[block];
        }

        if (any == 0)
        {
            return;
        }

        var longest = LongestOf(wanted, count);
        if (heading.IsEmpty && !nearby.Covers(text, start, longest))
        {
            // Looking words up costs more than telling that none is needed.
            if (candidates.Lead > 0 && leadWords.HasNone(window, start, candidates.Lead, candidates.Set))
            {
                TryEach(window, start, candidates.WithoutWord, isStart, count, ref evidence, findings);
                return;
            }

            if (candidates.Few is not null && !IsAnyShaped(text, start, candidates.Few, isStart, count))
            {
                TryEach(window, start, candidates.Long, isStart, count, ref evidence, findings);
                return;
            }
        }

        var close = bits.Slice(blocks, blocks);
        var far = bits.Slice(2 * blocks, blocks);
        MarkNear(window, start, longest, ref nearby, close, far);
        any = 0;
        for (var block = 0; block * 64 < count; block++)
        {
            far[block] |= close[block] | (heading.IsEmpty ? 0 : heading[block]);
            wanted[block] &= far[block] | (sets.Unconditional[block] & ~candidates.Bare[block]);
            any |= wanted[block];
        }

        if (any != 0)
        {
            Try(window, start, wanted[..((count + 63) / 64)], far, count, ref evidence, findings);
        }
    }

    /// <summary>Tries rules near which no word is, as far as is known.</summary>
    private void TryEach(
        in TextWindow window, int start, Candidate[] candidates, bool isStart, int count, ref ContextEvidence evidence, FindingCollector findings)
    {
        foreach (ref readonly var candidate in candidates.AsSpan())
        {
            if (candidate.Index >= count)
            {
                return;
            }

            if (candidate.HasOwnStart ? rules[candidate.Index].Shape.IsStart(window.Text, start) : isStart)
            {
                judge.Try(window, start, candidate.Index, candidate.IsLong, ref evidence, findings);
            }
        }
    }

    /// <summary>Whether a value of any of these stands here, or may come to, as far as shape tells.</summary>
    private bool IsAnyShaped(ReadOnlySpan<char> text, int start, Candidate[] candidates, bool isStart, int count)
    {
        foreach (ref readonly var candidate in candidates.AsSpan())
        {
            if (candidate.Index >= count)
            {
                break;
            }

            if ((isStart || candidate.HasOwnStart) && (rules[candidate.Index].Shape.Match(text, start, out _, out var alive) || alive))
            {
                return true;
            }
        }

        return false;
    }

    private void Try(
        in TextWindow window, int start, ReadOnlySpan<ulong> wanted, ReadOnlySpan<ulong> near, int count, ref ContextEvidence evidence, FindingCollector findings)
    {
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
    private Candidates CandidatesAt(in TextWindow window, int start)
    {
        var text = window.Text;
        var first = ofFirst[Math.Min(text[start], (char)Ascii)];
        if (!char.IsAsciiDigit(text[start]))
        {
            return letterLead.Narrow(text, start, first);
        }

        var rest = text[start..];
        var digits = DigitsAt(rest, 0);
        if (digits == rest.Length)
        {
            // The text ends with these digits; more may follow.
            return !window.IsFinal ? first : rest.Length > DigitLead.MaxDigits ? none : LeadOf(rest.Length, '\n', '\n');
        }

        if (digits > DigitLead.MaxDigits)
        {
            return none;
        }

        if (digits + 1 < rest.Length && char.IsAsciiDigit(rest[digits + 1]) && digits <= DigitLead.MaxGroup
            && DigitLead.SeparatorOf(rest[digits]) is >= 0 and var separator)
        {
            var second = DigitsAt(rest, digits + 1);
            if (digits + 1 + second < rest.Length)
            {
                return ofGroups[(digits * GroupsOfFirst) + (separator * (DigitLead.MaxGroup + 1)) + (second > DigitLead.MaxGroup ? 0 : second)];
            }
        }

        return digits + 1 < rest.Length ? LeadOf(digits, rest[digits], rest[digits + 1])
            : window.IsFinal ? LeadOf(digits, rest[digits], '\n')
            : first;
    }

    /// <summary>How many digits stand here. Runs of digits are short, most of them too short for vectors.</summary>
    private static int DigitsAt(ReadOnlySpan<char> text, int from)
    {
        var end = Math.Min(text.Length, from + ShortRun);
        for (var at = from; at < end; at++)
        {
            if (!char.IsAsciiDigit(text[at]))
            {
                return at - from;
            }
        }

        var rest = text[end..].IndexOfAnyExceptInRange('0', '9');
        return rest < 0 ? text.Length - from : end - from + rest;
    }

    private Candidates LeadOf(int digits, char next, char second) =>
        ofLead[(digits * DigitLead.FollowerCount) + DigitLead.FollowerOf(next, second)];
}
