namespace EdgeFilter.Detection.Tokenizers.Patterns;

/// <summary>Turns a parsed pattern into steps.</summary>
internal sealed class PatternCompiler
{
    private const int MostSteps = 20_000;

    private readonly List<PatternStep> steps = [];

    public static PatternStep[] Compile(PatternNode node)
    {
        var compiler = new PatternCompiler();
        compiler.Add(node);
        compiler.Append(new PatternStep(StepKind.Match));
        return [.. compiler.steps];
    }

    private void Add(PatternNode node)
    {
        switch (node)
        {
            case PatternNode.One one:
                Append(new PatternStep(StepKind.One) { Set = one.Set });
                break;
            case PatternNode.Sequence sequence:
                foreach (var part in sequence.Parts)
                {
                    Add(part);
                }

                break;
            case PatternNode.Either either:
                AddEither(either);
                break;
            case PatternNode.Repeat { Part: PatternNode.One one } many:
                Append(new PatternStep(StepKind.Many) { Set = one.Set, Min = many.Min, Max = many.Max, Repeat = many.Kind });
                break;
            case PatternNode.Repeat { Kind: RepeatKind.Possessive } possessive:
                Append(new PatternStep(StepKind.Atomic) { Inner = Compile(possessive with { Kind = RepeatKind.Greedy }) });
                break;
            case PatternNode.Repeat repeat:
                AddRepeat(repeat);
                break;
            case PatternNode.Look look:
                Append(new PatternStep(StepKind.Look) { Inner = Compile(look.Part), Back = look.IsBehind ? look.Part.Exactly!.Value : 0, IsNegated = look.IsNegated });
                break;
            case PatternNode.Atomic atomic:
                Append(new PatternStep(StepKind.Atomic) { Inner = Compile(atomic.Part) });
                break;
            case PatternNode.Anchor anchor:
                Append(new PatternStep(StepKind.Anchor) { Anchor = anchor.Kind });
                break;
            default:
                throw new InvalidOperationException($"Unknown part {node.GetType().Name}.");
        }
    }

    private void AddEither(PatternNode.Either either)
    {
        var jumps = new List<PatternStep>();
        for (var i = 0; i < either.Parts.Count; i++)
        {
            if (i == either.Parts.Count - 1)
            {
                Add(either.Parts[i]);
                continue;
            }

            var fork = Append(new PatternStep(StepKind.Fork) { Next = steps.Count + 1 });
            Add(either.Parts[i]);
            jumps.Add(Append(new PatternStep(StepKind.Jump)));
            fork.Other = steps.Count;
        }

        foreach (var jump in jumps)
        {
            jump.Next = steps.Count;
        }
    }

    private void AddRepeat(PatternNode.Repeat repeat)
    {
        for (var i = 0; i < repeat.Min; i++)
        {
            Add(repeat.Part);
        }

        if (repeat.Max == PatternNode.Repeat.Unbounded)
        {
            var start = steps.Count;
            var fork = Append(new PatternStep(StepKind.Fork));
            Add(repeat.Part);
            Append(new PatternStep(StepKind.Jump) { Next = start });
            Aim(fork, start + 1, steps.Count, repeat.Kind);
            return;
        }

        var forks = new List<(PatternStep Fork, int Inside)>();
        for (var i = repeat.Min; i < repeat.Max; i++)
        {
            forks.Add((Append(new PatternStep(StepKind.Fork)), steps.Count));
            Add(repeat.Part);
        }

        foreach (var (fork, inside) in forks)
        {
            Aim(fork, inside, steps.Count, repeat.Kind);
        }
    }

    private static void Aim(PatternStep fork, int inside, int behind, RepeatKind kind)
    {
        fork.Next = kind == RepeatKind.Lazy ? behind : inside;
        fork.Other = kind == RepeatKind.Lazy ? inside : behind;
    }

    private PatternStep Append(PatternStep step)
    {
        if (steps.Count == MostSteps)
        {
            throw new TokenizerException("A pattern is too large once its repetitions are written out.");
        }

        steps.Add(step);
        return step;
    }
}
