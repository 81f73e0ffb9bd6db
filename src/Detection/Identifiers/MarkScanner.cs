using System.Buffers;
using System.Runtime.CompilerServices;
using EdgeFilter.Detection.Identifiers.Shapes;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>Looks for identifiers that a mark gives away: addresses, URLs, host names, machine-readable zones.</summary>
internal sealed class MarkScanner : IRecogniser
{
    private readonly RuleJudge judge;
    private readonly SearchValues<char> marks;
    private readonly (int Index, MarkedShape Shape)[][] rulesOf;

    public MarkScanner(IReadOnlyList<IdentifierRule> rules)
    {
        judge = new RuleJudge(rules);
        var shapes = judge.Rules.Select((r, index) => (Index: index, Shape: (MarkedShape)r.Shape)).ToLookup(r => r.Shape.Mark);
        marks = SearchValues.Create([.. shapes.Select(s => s.Key)]);
        rulesOf = [.. Enumerable.Range(0, shapes.Max(s => s.Key) + 1).Select(mark => shapes[(char)mark].ToArray())];
    }

    public Reach Reach => judge.Reach;

    [SkipLocalsInit]
    public void Recognise(in TextWindow window, FindingCollector findings)
    {
        var text = window.Text;
        Span<ulong> bits = stackalloc ulong[judge.Lexicon.BlockCount * ContextEvidence.Sets];
        for (var at = window.From; at < text.Length; at++)
        {
            // Marks often follow one another.
            if (text[at] >= rulesOf.Length || rulesOf[text[at]].Length == 0)
            {
                var offset = text[at..].IndexOfAny(marks);
                if (offset < 0)
                {
                    break;
                }

                at += offset;
            }

            foreach (var (index, shape) in rulesOf[text[at]])
            {
                if (at + 1 < text.Length && !shape.MayFollow(text[at + 1]))
                {
                    continue;
                }

                var start = shape.StartOf(text, at);
                if (start >= window.From && shape.IsStart(text, start))
                {
                    var evidence = new ContextEvidence(judge.Lexicon, bits, start);
                    judge.Try(window, start, index, mayHaveWord: true, ref evidence, findings);
                }
            }
        }

        if (!window.IsFinal)
        {
            HoldUnfinished(window, findings);
        }
    }

    /// <summary>What stands at the end of the text may be the part of a value before its mark.</summary>
    private void HoldUnfinished(in TextWindow window, FindingCollector findings)
    {
        var text = window.Text;
        foreach (var rule in judge.Rules)
        {
            var start = ((MarkedShape)rule.Shape).StartOf(text, text.Length);
            if (start < window.From || start >= text.Length)
            {
                continue;
            }

            rule.Shape.Match(text, start, out _, out var alive);
            if (alive)
            {
                findings.Hold(start);
            }
        }
    }
}
