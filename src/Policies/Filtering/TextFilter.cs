using System.Buffers;
using System.Runtime.InteropServices;
using EdgeFilter.Detection;
using EdgeFilter.Detection.Streaming;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Decisions;

namespace EdgeFilter.Policies.Filtering;

/// <summary>
/// Filters one text by the rules of a plan, whole or as it arrives. Both ways give the same text: what a stream has released is
/// at every moment a prefix of what the whole text becomes, and all of it when no rule blocks. One instance for one text;
/// not thread-safe.
/// </summary>
public sealed class TextFilter : IDisposable
{
    private readonly SegmentPlan plan;
    private readonly IValueHasher hasher;
    private readonly TextJudge judge;
    private readonly ArrayBufferWriter<char> output = new();
    private StreamingInspector? inspector;
    private ClassifierJudge? classifiers;
    private ArrayBufferWriter<char>? held;
    private int releasedTo;

    public TextFilter(SegmentPlan plan, IValueHasher hasher, SegmentFacts? facts = null, TimeProvider? clock = null)
    {
        this.plan = plan;
        this.hasher = hasher;
        judge = new TextJudge(plan, facts ?? SegmentFacts.None, hasher, (clock ?? TimeProvider.System).GetUtcNow());
    }

    /// <summary>The rules that applied so far.</summary>
    public IReadOnlyList<RuleHit> Hits => judge.Hits;

    /// <summary>The rule that stopped the text; null while it may go on.</summary>
    public CompiledRule? BlockedBy => judge.BlockedBy;

    /// <summary>The rule that wants another cluster; null without one.</summary>
    public CompiledRule? ReroutedBy => judge.ReroutedBy;

    /// <summary>The strictest action of all that applied.</summary>
    public PolicyAction Action => Hits.Count == 0 ? PolicyAction.Allow : Hits.Max(h => h.Action);

    /// <summary>How much text has arrived and was not released yet, in UTF-16 code units.</summary>
    public int HeldLength => (held?.WrittenCount ?? inspector?.Length ?? releasedTo) - (held is null ? releasedTo : 0);

    /// <summary>Filters a text that is there as a whole.</summary>
    /// <returns>The edits, in order of place. None when the text is blocked.</returns>
    public IReadOnlyList<TextEdit> FilterWhole(ReadOnlySpan<char> text)
    {
        if (plan.IsEmpty || text.IsEmpty)
        {
            return [];
        }

        var collector = Collectors.Rent();
        try
        {
            judge.Read(text, isFinal: true);
            plan.Detection.Inspect(text, collector);
            judge.Count(collector.Findings, text, 0);
            if (plan.Classifiers.Length > 0)
            {
                classifiers = new ClassifierJudge(plan);
                if (plan.Stream == StreamMode.Whole)
                {
                    classifiers.JudgeWhole(text, OnPiece);
                }
                else
                {
                    classifiers.Push(text, isFinal: true, OnPiece);
                }

                classifiers.Release();
            }

            judge.ApplyTextRules(text.Length, classifiers, isFinal: true);
            judge.Apply(collector.Findings, text, 0);
        }
        finally
        {
            Collectors.Return(collector);
        }

        if (judge.BlockedBy is not null || judge.Edits.Count == 0)
        {
            return [];
        }

        var edits = new List<TextEdit>(judge.Edits.Count);
        while (judge.Edits.Count > 0)
        {
            var span = judge.Edits.First;
            edits.Add(judge.Edits.TakeFirst(text.Slice(span.Start, span.Length), hasher));
        }

        return edits;
    }

    /// <summary>Takes the next piece of a stream, of any length, cut anywhere.</summary>
    public FilteredText Push(ReadOnlySpan<char> delta)
    {
        if (plan.IsEmpty)
        {
            return new FilteredText(delta, isUnchanged: true, isBlocked: false);
        }

        if (plan.Stream == StreamMode.Whole)
        {
            (held ??= new ArrayBufferWriter<char>()).Write(delta);
            return new FilteredText([], isUnchanged: delta.IsEmpty, isBlocked: false);
        }

        return Advance(delta, isFinal: false);
    }

    /// <summary>Says that the stream has ended, and releases the rest.</summary>
    public FilteredText Complete()
    {
        if (plan.IsEmpty)
        {
            return new FilteredText([], isUnchanged: true, isBlocked: false);
        }

        return plan.Stream == StreamMode.Whole ? CompleteHeld() : Advance([], isFinal: true);
    }

    public void Dispose()
    {
        inspector?.Dispose();
        classifiers?.Release();
        held?.Clear();
        output.Clear();
    }

    private FilteredText Advance(ReadOnlySpan<char> delta, bool isFinal)
    {
        output.ResetWrittenCount();
        if (judge.BlockedBy is not null)
        {
            return new FilteredText([], isUnchanged: false, isBlocked: true);
        }

        judge.Read(delta, isFinal);
        inspector ??= new StreamingInspector(plan.Detection);
        var nothingHeld = releasedTo == inspector.Length;
        if (isFinal)
        {
            inspector.Complete();
        }
        else
        {
            inspector.Push(delta);
        }

        var settled = CollectionsMarshal.AsSpan(inspector.Settled);
        var text = inspector.Text(releasedTo, inspector.Length);
        judge.Count(settled, text, releasedTo);
        judge.Apply(settled, text, releasedTo);
        var limit = inspector.JudgedTo;
        if (plan.Classifiers.Length > 0 || plan.Stream == StreamMode.Sentence)
        {
            classifiers ??= new ClassifierJudge(plan);
            classifiers.Push(delta, isFinal, OnPiece);
            if (plan.Stream == StreamMode.Sentence)
            {
                limit = Math.Min(limit, classifiers.JudgedTo);
            }
        }

        judge.ApplyTextRules(inspector.Length, classifiers, isFinal);
        var edited = Release(Math.Min(limit, judge.BlockedFrom));
        var unchanged = nothingHeld && !edited && releasedTo == inspector.Length;
        return new FilteredText(output.WrittenSpan, unchanged, judge.BlockedBy is not null);
    }

    /// <summary>Moves text up to a place into the output; an edit goes as a whole, once its end is judged.</summary>
    private bool Release(int limit)
    {
        var edited = false;
        while (judge.Edits.Count > 0 && judge.Edits.First.Start < limit)
        {
            var span = judge.Edits.First;
            if (span.End > limit)
            {
                limit = span.Start;
                break;
            }

            output.Write(inspector!.Text(releasedTo, span.Start));
            output.Write(judge.Edits.TakeFirst(inspector.Text(span.Start, span.End), hasher).Replacement);
            releasedTo = span.End;
            edited = true;
        }

        if (limit > releasedTo)
        {
            output.Write(inspector!.Text(releasedTo, limit));
            releasedTo = limit;
        }

        inspector!.Release(releasedTo);
        return edited;
    }

    private FilteredText CompleteHeld()
    {
        output.ResetWrittenCount();
        if (held is null)
        {
            return new FilteredText([], isUnchanged: true, isBlocked: false);
        }

        var text = held.WrittenSpan;
        var edits = FilterWhole(text);
        if (judge.BlockedBy is not null)
        {
            return new FilteredText([], isUnchanged: false, isBlocked: true);
        }

        var at = 0;
        foreach (var edit in edits)
        {
            output.Write(text[at..edit.Span.Start]);
            output.Write(edit.Replacement);
            at = edit.Span.End;
        }

        output.Write(text[at..]);
        held.ResetWrittenCount();
        return new FilteredText(output.WrittenSpan, isUnchanged: false, isBlocked: false);
    }

    private bool OnPiece(TextSpan piece)
    {
        judge.ApplyScores(piece, classifiers!);
        return judge.BlockedBy is null;
    }

    /// <summary>A finding collector for each thread: texts are many and findings few.</summary>
    private static class Collectors
    {
        [ThreadStatic]
        private static FindingCollector? spare;

        public static FindingCollector Rent()
        {
            var collector = spare ?? new FindingCollector();
            spare = null;
            return collector;
        }

        public static void Return(FindingCollector collector)
        {
            collector.Clear();
            spare = collector;
        }
    }
}
