namespace EdgeFilter.Detection.Patterns;

/// <summary>
/// Tries an expression at every place of a text: at each the longest match counts, and a match inside another one disappears.
/// What it reports at a place depends on nothing but the text around it.
/// </summary>
internal sealed class PatternRecogniser : IRecogniser
{
    /// <summary>How far a context word may stand from the match, in UTF-16 code units.</summary>
    private const int ContextLength = 64;

    private readonly DetectorInfo detector;
    private readonly LinearPattern pattern;
    private readonly string[] context;
    private readonly bool[] canBegin = new bool[128];

    public PatternRecogniser(DetectorInfo detector, LinearPattern pattern, string[] context)
    {
        this.detector = detector;
        this.pattern = pattern;
        this.context = context;
        Reach = new Reach(1 + (context.Length > 0 ? ContextLength : 0), pattern.MaxLength, 1 + (context.Length > 0 ? ContextLength : 0));
        for (var c = 0; c < canBegin.Length; c++)
        {
            canBegin[c] = pattern.Match([(char)c], 0, out _, out var alive) || alive;
        }
    }

    public Reach Reach { get; }

    public void Recognise(in TextWindow window, FindingCollector findings)
    {
        var text = window.Text;
        for (var start = window.From; start < text.Length; start++)
        {
            if (text[start] < canBegin.Length && !canBegin[text[start]])
            {
                continue;
            }

            if (pattern.StartsAtBoundary && start > 0 && IsWord(text[start - 1]) && IsWord(text[start]))
            {
                continue;
            }

            var matches = pattern.Match(text, start, out var length, out var alive);
            if (alive && !window.IsFinal)
            {
                findings.Hold(start);
            }
            else if (matches && length > 0)
            {
                Report(window, start, length, findings);
            }
        }
    }

    private void Report(in TextWindow window, int start, int length, FindingCollector findings)
    {
        var text = window.Text;
        var end = start + length;
        if (pattern.EndsAtBoundary)
        {
            if (end < text.Length ? IsWord(text[end]) && IsWord(text[end - 1]) : !window.IsFinal)
            {
                if (end == text.Length)
                {
                    findings.Hold(start);
                }

                return;
            }
        }

        if (context.Length == 0 || Mentions(text[Math.Max(0, start - ContextLength)..start]))
        {
            findings.Add(detector, start, length, Confidence.StrictPatternAndContext);
        }
        else if (end + ContextLength > text.Length && !window.IsFinal)
        {
            findings.Hold(start);
        }
        else
        {
            var after = text[end..Math.Min(text.Length, end + ContextLength)];
            findings.Add(detector, start, length, Mentions(after) ? Confidence.StrictPatternAndContext : Confidence.WeakPattern);
        }
    }

    private bool Mentions(ReadOnlySpan<char> near)
    {
        foreach (var word in context)
        {
            if (near.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
