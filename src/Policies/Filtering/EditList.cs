using EdgeFilter.Detection;
using EdgeFilter.Policies.Compilation;

namespace EdgeFilter.Policies.Filtering;

/// <summary>
/// The edits of one text in order of place, never overlapping. An edit inside another one is absorbed by it; of two that overlap
/// in part, the later covers what the earlier left. Wherever edits touch the same text, the stronger action edits both.
/// </summary>
/// <remarks>
/// Each edit depends on matches that overlap it alone, so a stream may release an edit once its end has been judged. Findings
/// come in order of place, judged sentences may come before or after the findings inside them: the outcome is the same.
/// </remarks>
internal sealed class EditList
{
    private const int CompactFrom = 64;
    private readonly List<Pending> pending = [];
    private int head;

    public int Count => pending.Count - head;

    /// <summary>The first edit's place.</summary>
    public TextSpan First => pending[head].Span;

    public void Add(CompiledRule rule, string entity, TextSpan span)
    {
        // In order of place and never overlapping: the first one from behind that ends before the span ends the search.
        for (var i = pending.Count - 1; i >= head && pending[i].Span.End > span.Start; i--)
        {
            var other = pending[i];
            if (!other.Span.Overlaps(span))
            {
                continue;
            }

            if (rule.Then > other.Rule.Then)
            {
                pending[i] = other with { Rule = rule };
            }
            else if (other.Rule.Then > rule.Then)
            {
                rule = other.Rule;
            }

            if (other.Span.Contains(span))
            {
                return;
            }

            if (span.Contains(other.Span))
            {
                pending.RemoveAt(i);
            }
        }

        AddUncovered(rule, entity, span);
    }

    /// <summary>Takes the first edit out and renders it.</summary>
    public TextEdit TakeFirst(ReadOnlySpan<char> value, IValueHasher hasher)
    {
        var first = pending[head++];
        if (head >= CompactFrom && head * 2 > pending.Count)
        {
            pending.RemoveRange(0, head);
            head = 0;
        }

        return new TextEdit(first.Span, Replacements.Of(first.Rule, first.Entity, value, hasher));
    }

    private void AddUncovered(CompiledRule rule, string entity, TextSpan span)
    {
        var start = span.Start;
        var index = pending.Count;
        while (index > head && pending[index - 1].Span.End > span.Start)
        {
            index--;
        }

        for (; index < pending.Count && start < span.End; index++)
        {
            var other = pending[index].Span;
            if (other.End <= start)
            {
                continue;
            }

            if (other.Start >= span.End)
            {
                break;
            }

            if (other.Start > start)
            {
                pending.Insert(index++, new Pending(rule, entity, TextSpan.FromBounds(start, other.Start)));
            }

            start = other.End;
        }

        if (start < span.End)
        {
            pending.Insert(index, new Pending(rule, entity, TextSpan.FromBounds(start, span.End)));
        }
    }

    private readonly record struct Pending(CompiledRule Rule, string Entity, TextSpan Span);
}
