using System.Buffers;
using EdgeFilter.Detection.Checksums;
using EdgeFilter.Detection.Identifiers.Shapes;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>Decides at one place of a text whether a value of a rule stands there: shape, edges, check digits, context words.</summary>
internal sealed class RuleJudge
{
    private static readonly SearchValues<char> Separators = SearchValues.Create(" -./,;()[]:");

    // Longer values are URLs and the like, which have no check digits.
    private const int LongestChecked = 256;

    public RuleJudge(IReadOnlyList<IdentifierRule> rules)
    {
        Rules = [.. rules];
        Lexicon = new ContextLexicon([.. Rules.Select(r => r.Words)]);
        Reach = new Reach(
            Math.Max(ContextText.Before, CandidateStarts.MaxWord) + 2 + CandidateStarts.MaxLead + Boundaries.JoinedWord,
            Rules.Length == 0 ? 0 : Rules.Max(r => r.Shape.MaxLength),
            ContextText.After + 2);
    }

    public IdentifierRule[] Rules { get; }

    public ContextLexicon Lexicon { get; }

    public Reach Reach { get; }

    /// <summary>Tries one rule at a place where it may begin: reports, holds, or finds nothing.</summary>
    /// <param name="window">The text.</param>
    /// <param name="start">Where a value may begin.</param>
    /// <param name="index">The rule, by its place in <see cref="Rules"/>.</param>
    /// <param name="mayHaveWord">False when it is known that no word of the rule is near.</param>
    /// <param name="evidence">What stands around this place.</param>
    /// <param name="findings">Receives the outcome.</param>
    public void Try(in TextWindow window, int start, int index, bool mayHaveWord, ref ContextEvidence evidence, FindingCollector findings)
    {
        var text = window.Text;
        var rule = Rules[index];
        if (!mayHaveWord && rule.TellsBare && rule.Shape.IsBareAt(text, start))
        {
            return;
        }

        var matches = rule.Shape.Match(text, start, out var length, out var alive);
        if (alive && !window.IsFinal)
        {
            findings.Hold(start);
            return;
        }

        if (!matches || rule.Shape.IsVetoed(text, start))
        {
            return;
        }

        var end = EndOf(rule, window, start, length);
        while (end == Boundaries.End.Inside)
        {
            // The longest match runs into something else; an optional last group may have been taken wrongly.
            var cut = text.Slice(start, length).LastIndexOfAny(Separators);
            if (cut <= 0 || !rule.Shape.Match(text[..(start + cut)], start, out length, out _))
            {
                return;
            }

            end = EndOf(rule, window, start, length);
        }

        if (end == Boundaries.End.Unknown)
        {
            findings.Hold(start);
            return;
        }

        var raw = text.Slice(start, length);
        if (!mayHaveWord && AloneConfidence(rule, raw) == 0)
        {
            return;
        }

        var passes = true;
        if (length <= LongestChecked)
        {
            Span<char> value = stackalloc char[LongestChecked];
            value = value[..Compact(raw, value)];
            if (IsTrivial(value, isGrouped: value.Length < raw.Length))
            {
                return;
            }

            passes = rule.Check is null || rule.Check(value, raw);
        }

        if (!passes && !rule.IsLenient)
        {
            return;
        }

        var alone = passes ? AloneConfidence(rule, raw) : 0;
        var near = passes ? rule.Near : Confidence.WeakPattern;
        var confidence = alone;

        // Where words add nothing they are not looked up.
        if (near > alone)
        {
            if (evidence.Has(text, index, start + length, rule.IsShort, out var isComplete))
            {
                confidence = near;
            }
            else if (!isComplete && !window.IsFinal)
            {
                // A word behind it could still decide.
                findings.Hold(start);
                return;
            }
        }

        if (confidence > 0)
        {
            findings.Add(rule.Info, start, length, Math.Min(confidence, rule.Shape.Ceiling(raw)));
        }
    }

    /// <summary>What a value is followed by; one that took the blank or the word behind it along runs into something else.</summary>
    private static Boundaries.End EndOf(IdentifierRule rule, in TextWindow window, int start, int length)
    {
        var raw = window.Text.Slice(start, length);
        return raw[^1] is ' ' or '-' or '/' || (!rule.IsCaseSensitive && EndsInWord(raw))
            ? Boundaries.End.Inside
            : rule.Shape.EndAt(window.Text, start + length, window.IsFinal);
    }

    /// <summary>Small letters behind a blank, where the rest is written in capitals.</summary>
    private static bool EndsInWord(ReadOnlySpan<char> raw)
    {
        if (!char.IsAsciiLetterLower(raw[^1]))
        {
            return false;
        }

        var blank = raw.LastIndexOf(' ');
        return blank > 0 && !raw[(blank + 1)..].ContainsAnyExceptInRange('a', 'z')
            && raw[..blank].ContainsAnyInRange('A', 'Z') && !raw[..blank].ContainsAnyInRange('a', 'z');
    }

    private static float AloneConfidence(IdentifierRule rule, ReadOnlySpan<char> raw)
    {
        // Shapes with letters are written in capitals; in small letters without a check they are ordinary text.
        if (!rule.IsCaseSensitive && rule.Check is null && raw.ContainsAnyInRange('a', 'z'))
        {
            return 0;
        }

        return rule.Alone[(int)rule.Shape.FormOf(raw)];
    }

    /// <summary>Letters and digits in upper case, and the few marks that count as such.</summary>
    private static int Compact(ReadOnlySpan<char> raw, Span<char> value)
    {
        var length = 0;
        foreach (var c in raw)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '*' or '@' or '#' or '&' or '+' || (c > 127 && char.IsLetter(c)))
            {
                value[length++] = char.ToUpperInvariant(c);
            }
        }

        return length;
    }

    /// <summary>Values that people type to fill a field: one digit repeated, or the digits in order and in one go.</summary>
    private static bool IsTrivial(ReadOnlySpan<char> value, bool isGrouped) => value.Length >= 6
        && (Symbols.AllSame(value) || (!isGrouped && value is "123456789" or "1234567890" or "0123456789" or "987654321" or "9876543210")
            || (Symbols.AllSame(value[1..]) && value[1] == '0' && char.IsAsciiDigit(value[0])));
}
