namespace EdgeFilter.Detection.Classifiers.Names;

/// <summary>
/// Names of persons, places and organisations. What it says of a place depends on the tokens around it alone: the model sees a few
/// to either side, and a name has at most <see cref="LongestName"/> tokens.
/// </summary>
internal sealed class NameRecogniser : IRecogniser
{
    /// <summary>The longest name, in tokens; each further token of the same kind is reported as a name of its own.</summary>
    public const int LongestName = 7;

    /// <summary>Tokens before a name that decide whether it begins there: what the model sees, and how long the run before is.</summary>
    private const int LookBack = NameModel.SightBefore + LongestName + 1;

    [ThreadStatic]
    private static Scratch? scratch;

    private readonly NameModel model;
    private readonly DetectorInfo?[] detectors;

    /// <param name="model">The loaded model.</param>
    /// <param name="detectors">By kind of name; null for kinds that nobody asked for.</param>
    public NameRecogniser(NameModel model, DetectorInfo?[] detectors)
    {
        this.model = model;
        this.detectors = detectors;
    }

    public Reach Reach { get; } = new(
        (LookBack + 1) * NameTokens.LongestStep, LongestName * NameTokens.LongestStep, (NameModel.SightBehind + 1) * NameTokens.LongestStep);

    public void Recognise(in TextWindow window, FindingCollector findings)
    {
        var own = scratch ??= new Scratch();
        var tokens = own.Tokens;
        tokens.Clear();
        model.Tokens.Read(window.Text, ReadFrom(window), tokens);
        if (tokens.Count == 0)
        {
            HoldUnfinishedWord(window, findings);
            return;
        }

        // 1. How far the end of the text lets anything be decided: an unfinished word may grow, and the model looks ahead.
        var complete = Complete(window, tokens);
        var decided = window.IsFinal ? tokens.Count : Math.Max(0, complete - NameModel.SightBehind);
        if (decided < tokens.Count)
        {
            findings.Hold(Math.Max(window.From, tokens.Start(decided)));
        }

        // 2. Tags, for the tokens that matter.
        var first = 0;
        while (first < tokens.Count && tokens.Start(first) < window.From)
        {
            first++;
        }

        var from = Math.Max(0, first - LongestName - 1);
        var tags = own.Tags(tokens.Count);
        tags[..from].Clear();
        model.Judge(tokens, from, tags);

        // 3. Names.
        for (var start = first; start < decided; start++)
        {
            if (tags[start].Kind == 0 || !Begins(tags, start))
            {
                continue;
            }

            var end = start + 1;
            while (end < decided && Continues(tags, end) && !Begins(tags, end))
            {
                end++;
            }

            if (end == decided && decided < tokens.Count && end - start < LongestName)
            {
                findings.Hold(tokens.Start(start));
            }
            else if (detectors[tags[start].Kind - 1] is { } detector)
            {
                Report(window.Text, tokens, start, end, detector, Confidence(tags[start..end]), findings);
            }
        }
    }

    /// <summary>Names begin with a word, and end with one or with the full stop of an abbreviation.</summary>
    private static void Report(
        ReadOnlySpan<char> text, NameTokenList tokens, int start, int end, DetectorInfo detector, float confidence, FindingCollector findings)
    {
        while (start < end && IsSymbol(text[tokens.Start(start)]))
        {
            start++;
        }

        while (end > start && text[tokens.Start(end - 1)] is not '.' and var last && IsSymbol(last))
        {
            end--;
        }

        if (start < end)
        {
            findings.Add(detector, tokens.Start(start), tokens.End(end - 1) - tokens.Start(start), confidence);
        }
    }

    /// <summary>Hash and at signs are part of the names that people go by.</summary>
    private static bool IsSymbol(char unit) => !char.IsLetterOrDigit(unit) && !char.IsSurrogate(unit) && unit is not ('#' or '@');

    /// <summary>The first place in sight that is not inside a word.</summary>
    private int ReadFrom(in TextWindow window)
    {
        if (window.IsStart)
        {
            return 0;
        }

        var index = 0;
        while (index < window.Text.Length && model.Tokens.IsInWord(window.Text[index]))
        {
            index++;
        }

        return index;
    }

    /// <summary>How many tokens no further text can change.</summary>
    private int Complete(in TextWindow window, NameTokenList tokens)
    {
        var complete = tokens.Count;
        if (window.Text.Length > 0 && model.Tokens.IsInWord(window.Text[^1]))
        {
            var start = WordStart(window.Text);
            while (complete > 0 && tokens.Start(complete - 1) >= start)
            {
                complete--;
            }
        }

        return complete;
    }

    /// <summary>Without a token to wait for, an unfinished word at the end is still to be held.</summary>
    private void HoldUnfinishedWord(in TextWindow window, FindingCollector findings)
    {
        if (!window.IsFinal && window.Text.Length > 0 && model.Tokens.IsInWord(window.Text[^1]))
        {
            findings.Hold(Math.Max(window.From, WordStart(window.Text)));
        }
    }

    private int WordStart(ReadOnlySpan<char> text)
    {
        var start = text.Length;
        while (start > 0 && model.Tokens.IsInWord(text[start - 1]))
        {
            start--;
        }

        return start;
    }

    private static bool Continues(ReadOnlySpan<NameTag> tags, int token) =>
        token > 0 && tags[token].Kind != 0 && !tags[token].Begins && tags[token - 1].Kind == tags[token].Kind;

    /// <summary>A name begins where none continues, and at every token that continues a run already as long as a name may be.</summary>
    private static bool Begins(ReadOnlySpan<NameTag> tags, int token)
    {
        for (var back = 0; back < LongestName; back++)
        {
            if (token - back < 0 || !Continues(tags, token - back))
            {
                return back == 0;
            }
        }

        return true;
    }

    private static float Confidence(ReadOnlySpan<NameTag> tags)
    {
        var sum = 0f;
        foreach (var tag in tags)
        {
            sum += tag.Probability;
        }

        // Rounded: the last bits of a sum depend on how many tokens were judged in one run.
        return MathF.Round(Math.Min(1, sum / tags.Length), 2);
    }

    private sealed class Scratch
    {
        private NameTag[] tags = new NameTag[256];

        public NameTokenList Tokens { get; } = new();

        public Span<NameTag> Tags(int count)
        {
            if (tags.Length < count)
            {
                tags = new NameTag[Math.Max(count, tags.Length * 2)];
            }

            return tags.AsSpan(0, count);
        }
    }
}
