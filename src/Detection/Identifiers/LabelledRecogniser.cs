using System.Buffers;
using System.Text;
using EdgeFilter.Detection.Identifiers.Shapes;
using EdgeFilter.Detection.Patterns;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>Values that nothing but the label before them gives away: <c>password: …</c>, <c>BIC = …</c>, "the password is …".</summary>
internal sealed class LabelledRecogniser : IRecogniser
{
    /// <summary>The longest label with all that may stand between it and the value.</summary>
    private const int MaxLabel = 64;

    private const int MaxWord = 16;

    // Between a label and its value: a quote that closes the key, a verb or a sign, a quote that opens the value.
    private static readonly LinearPattern Connector = LinearPattern.Parse(
        """["'\])*]{0,3}(?: (?:code|number|no|nr))?(?: ?(?::|=|:=|=>|->|：)|,? (?:is|was|ist|war|lautet|es|est|era|to|é|è|är|er|on)(?: ?:)?)["'*]{0,2}[ \t]{0,2}["'`(\[*]{0,2}""",
        ignoreCase: true);

    private readonly LiteralSearch<Member> labels;
    private readonly (SearchValues<string> Labels, Member Member)[] foreign;

    public LabelledRecogniser(IReadOnlyList<(DetectorInfo Detector, LabelledValue Value)> wanted)
    {
        // Searching for letters beyond ASCII regardless of case is slow; such letters are rare in most texts.
        var members = wanted.Select(w => new Member(w.Detector, w.Value)).ToArray();
        labels = new LiteralSearch<Member>([.. members.SelectMany(m => m.Value.Labels.Where(l => Ascii.IsValid(l)).Select(l => (l, m)))]);
        foreign = [.. members.Where(m => !m.Value.Labels.All(l => Ascii.IsValid(l))).Select(m => (ForeignLabelsOf(m.Value), m))];
        Reach = new Reach(MaxLabel + 2, members.Max(m => m.Value.MaxLength), 2);
    }

    public Reach Reach { get; }

    public void Recognise(in TextWindow window, FindingCollector findings)
    {
        var text = window.Text;
        var from = Math.Max(0, window.From - MaxLabel);
        var places = labels.Find(text, from, text.Length);
        while (places.MoveNext())
        {
            JudgeBehind(window, places.Start, places.Value, findings);
        }

        if (foreign.Length == 0 || Ascii.IsValid(text[from..]))
        {
            return;
        }

        foreach (var (wanted, member) in foreign)
        {
            for (var at = from; at < text.Length; at++)
            {
                var offset = text[at..].IndexOfAny(wanted);
                if (offset < 0)
                {
                    break;
                }

                at += offset;
                JudgeBehind(window, at, member, findings);
            }
        }
    }

    private static SearchValues<string> ForeignLabelsOf(LabelledValue value)
    {
        var foreign = value.Labels.Where(l => !Ascii.IsValid(l)).SelectMany(l => new[] { l, l.ToUpperInvariant(), char.ToUpperInvariant(l[0]) + l[1..] });
        return SearchValues.Create([.. foreign.Distinct(StringComparer.Ordinal)], StringComparison.Ordinal);
    }

    private static void JudgeBehind(in TextWindow window, int label, Member member, FindingCollector findings)
    {
        var start = ValueStart(window.Text, label);
        if (start < window.From || start >= window.Text.Length)
        {
            return;
        }

        var length = member.Value.Match(window.Text, start, out var alive, out var confidence);
        if (alive && !window.IsFinal)
        {
            findings.Hold(start);
        }
        else if (length > 0)
        {
            findings.Add(member.Detector, start, length, confidence);
        }
    }

    /// <summary>Where the value of a label begins; -1 where the label is but a word in a sentence.</summary>
    private static int ValueStart(ReadOnlySpan<char> text, int label)
    {
        // To the end of the word that the label begins or is part of.
        var end = label;
        while (end < text.Length && end - label < MaxWord && LetterFolding.IsWordCharacter(text[end]))
        {
            end++;
        }

        // Labels of several words: what was found covers only the first.
        while (end < text.Length && end - label < MaxWord && text[end] == ' ' && end + 1 < text.Length && IsInnerWord(text, end + 1, out var word))
        {
            end += 1 + word;
        }

        // An option of a command.
        if (label >= 2 && text[label - 1] == '-' && text[label - 2] == '-' && end < text.Length && text[end] == ' ')
        {
            return end + 1;
        }

        return Connector.Match(text, end, out var length, out _) && end + length - label <= MaxLabel ? end + length : -1;
    }

    private static bool IsInnerWord(ReadOnlySpan<char> text, int at, out int length)
    {
        foreach (var word in InnerWords)
        {
            if (text[at..].StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                length = word.Length;
                return true;
            }
        }

        length = 0;
        return false;
    }

    private static string[] InnerWords { get; } = ["de passe", "المرور", "code"];

    private sealed record Member(DetectorInfo Detector, LabelledValue Value);
}
