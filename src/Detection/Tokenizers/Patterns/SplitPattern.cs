using EdgeFilter.Detection.Tokenizers.Unicode;

namespace EdgeFilter.Detection.Tokenizers.Patterns;

/// <summary>
/// A regular expression of a tokenizer file, matched by code points: .NET's own sees halves of surrogate pairs, and reads an emoji
/// or a letter beyond the basic plane as something else than the model's makers did. The first alternative that matches wins, as
/// in Oniguruma. Immutable, safe for concurrent use; work is bounded by a budget that grows with the text.
/// </summary>
internal sealed class SplitPattern
{
    /// <summary>Patterns in use need a few dozen steps for a character; one that goes back over everything again and again runs out.</summary>
    private const int StepsPerUnit = 1000;

    private const int LeastSteps = 100_000;

    [ThreadStatic]
    private static Stack<Mark>? marks;

    private readonly PatternStep[] steps;

    private SplitPattern(PatternNode node)
    {
        steps = PatternCompiler.Compile(node);
    }

    /// <exception cref="TokenizerException">The pattern can't be used.</exception>
    public static SplitPattern Parse(string pattern) => new(SplitPatternParser.Parse(pattern));

    /// <summary>A pattern that matches a text literally.</summary>
    public static SplitPattern Literal(string text) =>
        new(new PatternNode.Sequence([.. text.EnumerateRunes().Select(r => new PatternNode.One(CodePointSet.Of(r.Value, ignoreCase: false)))]));

    /// <summary>Adds all matches, from left to right, that don't overlap.</summary>
    /// <exception cref="TokenizerException">The text asks for more work than the budget allows.</exception>
    public void FindAll(ReadOnlySpan<char> text, List<TextSpan> matches)
    {
        var run = new Run(text, marks ??= new Stack<Mark>(), LeastSteps + ((long)StepsPerUnit * text.Length));
        marks.Clear();
        var at = 0;
        var lastEnd = -1;
        while (at <= text.Length)
        {
            var end = run.Match(steps, at);

            // An empty match right behind the last one is none, as in every engine.
            if (end < 0 || (end == at && at == lastEnd))
            {
                at += at < text.Length ? CodePoints.LengthAt(text, at) : 1;
                continue;
            }

            matches.Add(TextSpan.FromBounds(at, end));
            lastEnd = end;
            at = end > at ? end : at + (at < text.Length ? CodePoints.LengthAt(text, at) : 1);
        }
    }

    /// <summary>Where to go on when what follows fails.</summary>
    /// <param name="Step">The step.</param>
    /// <param name="At">The place.</param>
    /// <param name="Low">For a repetition: how far back it may give way; otherwise -1.</param>
    /// <param name="More">For a lazy repetition: how many characters it may still take; otherwise -1.</param>
    private readonly record struct Mark(int Step, int At, int Low, int More);

    private ref struct Run(ReadOnlySpan<char> text, Stack<Mark> stack, long budget)
    {
        private readonly ReadOnlySpan<char> text = text;
        private readonly Stack<Mark> stack = stack;
        private long budget = budget;

        /// <summary>Matches at a place; gives the end, or -1.</summary>
        public int Match(PatternStep[] steps, int at)
        {
            var bottom = stack.Count;
            var step = 0;
            while (true)
            {
                if (--budget < 0)
                {
                    stack.Clear();
                    throw new TokenizerException("A pattern of the tokenizer goes over a text too often. Judge shorter windows, or use a model with a simpler tokenizer.");
                }

                var current = steps[step];
                if (current.Kind == StepKind.Match)
                {
                    while (stack.Count > bottom)
                    {
                        stack.Pop();
                    }

                    return at;
                }

                at = Take(current, ref step, at);
                if (at < 0 && !GoBack(steps, bottom, ref step, ref at))
                {
                    return -1;
                }
            }
        }

        /// <summary>Does one step; gives the new place, or -1 when it fails.</summary>
        private int Take(PatternStep current, ref int step, int at)
        {
            switch (current.Kind)
            {
                case StepKind.One:
                    step++;
                    return at < text.Length && current.Set!.Contains(CodePoints.At(text, at, out var length)) ? at + length : -1;
                case StepKind.Many:
                    return TakeMany(current, step++, at);
                case StepKind.Fork:
                    stack.Push(new Mark(current.Other, at, -1, -1));
                    step = current.Next;
                    return at;
                case StepKind.Jump:
                    step = current.Next;
                    return at;
                case StepKind.Anchor:
                    step++;
                    return IsAt(current.Anchor, at) ? at : -1;
                case StepKind.Look:
                    step++;
                    var from = at;
                    for (var i = 0; i < current.Back && from >= 0; i++)
                    {
                        from = from == 0 ? -1 : from - CodePoints.LengthBefore(text, from);
                    }

                    return (from >= 0 && Match(current.Inner, from) >= 0) != current.IsNegated ? at : -1;
                default:
                    step++;
                    return Match(current.Inner, at);
            }
        }

        private int TakeMany(PatternStep current, int step, int at)
        {
            var most = current.Repeat == RepeatKind.Lazy ? current.Min : current.Max;
            var count = 0;
            var low = current.Min == 0 ? at : -1;
            while (count < most && at < text.Length && current.Set!.Contains(CodePoints.At(text, at, out var length)))
            {
                at += length;
                count++;
                budget--;
                if (count == current.Min)
                {
                    low = at;
                }
            }

            if (count < current.Min)
            {
                return -1;
            }

            if (current.Repeat == RepeatKind.Greedy && at > low)
            {
                stack.Push(new Mark(step + 1, at, low, -1));
            }
            else if (current.Repeat == RepeatKind.Lazy && current.Max > current.Min)
            {
                stack.Push(new Mark(step, at, -1, current.Max == int.MaxValue ? int.MaxValue : current.Max - current.Min));
            }

            return at;
        }

        private readonly bool GoBack(PatternStep[] steps, int bottom, ref int step, ref int at)
        {
            while (stack.Count > bottom)
            {
                var mark = stack.Pop();
                if (mark.Low >= 0)
                {
                    at = mark.At - CodePoints.LengthBefore(text, mark.At);
                    step = mark.Step;
                    if (at > mark.Low)
                    {
                        stack.Push(mark with { At = at });
                    }

                    return true;
                }

                if (mark.More < 0)
                {
                    (step, at) = (mark.Step, mark.At);
                    return true;
                }

                if (mark.At < text.Length && steps[mark.Step].Set!.Contains(CodePoints.At(text, mark.At, out var length)))
                {
                    at = mark.At + length;
                    step = mark.Step + 1;
                    if (mark.More > 1)
                    {
                        stack.Push(mark with { At = at, More = mark.More == int.MaxValue ? int.MaxValue : mark.More - 1 });
                    }

                    return true;
                }
            }

            return false;
        }

        private readonly bool IsAt(AnchorKind kind, int at) => kind switch
        {
            AnchorKind.TextStart => at == 0,
            AnchorKind.TextEnd => at == text.Length,
            AnchorKind.LineStart => at == 0 || (text[at - 1] == '\n' && at < text.Length),
            AnchorKind.LineEnd => at == text.Length || text[at] == '\n',
            AnchorKind.TextEndOrLastLine => at == text.Length || (at == text.Length - 1 && text[at] == '\n'),
            AnchorKind.WordBorder => IsWordAt(at) != IsWordBefore(at),
            _ => IsWordAt(at) == IsWordBefore(at),
        };

        private readonly bool IsWordAt(int at) => at < text.Length && CharacterClass.IsPatternWord(CodePoints.At(text, at, out _));

        private readonly bool IsWordBefore(int at) => at > 0 && CharacterClass.IsPatternWord(CodePoints.At(text, at - CodePoints.LengthBefore(text, at), out _));
    }
}
