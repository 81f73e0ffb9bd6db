using System.Buffers;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>
/// Looks for all identifiers that contain digits in one pass: digits are found vectorised, the shape of the word around them
/// chooses the few rules worth trying, and format, edges, check digits and context words decide in that order of cost.
/// </summary>
internal sealed class IdentifierScanner : IRecogniser
{
    private const int Ascii = 128;
    private readonly RuleJudge judge;
    private readonly IdentifierRule[] rules;
    private readonly int[][] byFirst = new int[Ascii + 1][];
    private readonly int[][] byLead = new int[(DigitLead.MaxDigits + 1) * DigitLead.FollowerCount][];
    private readonly LetterLead letterLead;
    private readonly SearchValues<char> marks;

    public IdentifierScanner(IReadOnlyList<IdentifierRule> rules)
    {
        // Longest first: a word longer than a rule's longest value ends the search.
        judge = new RuleJudge([.. rules.OrderByDescending(r => r.Shape.MaxLength).ThenBy(r => r.Info.Id, StringComparer.Ordinal)]);
        this.rules = judge.Rules;
        letterLead = new LetterLead(this.rules);
        var all = Enumerable.Range(0, this.rules.Length).ToArray();
        for (var c = 0; c < Ascii; c++)
        {
            byFirst[c] = [.. all.Where(i => this.rules[i].Shape.CanBegin((char)c))];
        }

        byFirst[Ascii] = [.. all.Where(i => NonAsciiLeads.Any(this.rules[i].Shape.CanBegin) || GreekAndCyrillic.Any(this.rules[i].Shape.CanBegin))];
        var digitFirst = all.Where(i => byFirst['0'..('9' + 1)].Any(list => list.Contains(i))).ToArray();
        for (var digits = 1; digits <= DigitLead.MaxDigits; digits++)
        {
            for (var follower = 0; follower < DigitLead.FollowerCount; follower++)
            {
                byLead[(digits * DigitLead.FollowerCount) + follower] =
                    [.. digitFirst.Where(i => this.rules[i].Lead.Allows(digits, follower))];
            }
        }

        marks = SearchValues.Create([
            .. Enumerable.Range(0, Ascii).Select(c => (char)c).Where(c => !char.IsAsciiLetterOrDigit(c) && byFirst[c].Length > 0),
            .. NonAsciiLeads.Where(c => this.rules.Any(r => r.Shape.CanBegin(c)))]);
    }

    // Characters outside ASCII with which a shape may begin although they are no letters to which values are glued.
    private static ReadOnlySpan<char> NonAsciiLeadSpan => "〒京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

    private static IEnumerable<char> GreekAndCyrillic => Enumerable.Range(0x0370, 0x0190).Select(c => (char)c);

    private static char[] NonAsciiLeads { get; } = NonAsciiLeadSpan.ToArray();

    public Reach Reach => judge.Reach;

    public void Recognise(in TextWindow window, FindingCollector findings)
    {
        var text = window.Text;
        Span<int> starts = stackalloc int[CandidateStarts.Capacity];
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
                    Judge(window, starts[i], at - wordStart, findings);
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

    private void Judge(in TextWindow window, int start, int wordLength, FindingCollector findings)
    {
        var text = window.Text;
        var candidates = RulesFor(text[start]);
        if (char.IsAsciiDigit(text[start]))
        {
            var rest = text[start..];
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits > DigitLead.MaxDigits)
            {
                return;
            }

            if (digits > 0 && (digits + 1 < rest.Length || window.IsFinal))
            {
                var second = digits + 1 < rest.Length ? rest[digits + 1] : '\n';
                candidates = byLead[(digits * DigitLead.FollowerCount) + DigitLead.FollowerOf(rest[digits], second)];
            }
            else if (digits < 0 && window.IsFinal)
            {
                // The text ends with these digits.
                if (rest.Length > DigitLead.MaxDigits)
                {
                    return;
                }

                candidates = byLead[(rest.Length * DigitLead.FollowerCount) + DigitLead.FollowerOf('\n', '\n')];
            }
        }
        else
        {
            wordLength = 0;
            candidates = letterLead.Narrow(text, start, candidates);
        }

        if (candidates.Length == 0)
        {
            return;
        }

        var evidence = new ContextEvidence(
            judge.Lexicon,
            stackalloc ulong[judge.Lexicon.BlockCount * ContextEvidence.Sets],
            start);
        var isStart = Boundaries.IsStart(text, start);
        foreach (var index in candidates)
        {
            var rule = rules[index];
            if (rule.MaxLength < wordLength)
            {
                break;
            }

            if (!isStart && !rule.Shape.HasOwnStart)
            {
                continue;
            }

            if (rule.CanSkip && !evidence.MayHave(text, index, rule.IsShort, window.IsFinal))
            {
                continue;
            }

            judge.Try(window, start, index, ref evidence, findings);
        }
    }
}
