using System.Buffers;
using EdgeFilter.Detection.Headings;

namespace EdgeFilter.Detection.Streaming;

/// <summary>
/// Findings over a text that arrives in pieces: exactly those that <see cref="DetectionPlan.Inspect(ReadOnlySpan{char}, FindingCollector)"/>
/// reports for the whole text, each as soon as no continuation can change it. Not thread-safe.
/// </summary>
/// <remarks>
/// Work per piece is proportional to the piece and to what is held, never to the text so far: behind the judged part only as much
/// is kept as the recognisers look back. All offsets that it speaks of count from the beginning of the text.
/// </remarks>
public sealed class StreamingInspector : IDisposable
{
    private readonly DetectionPlan plan;
    private readonly FindingCollector collector = new();
    private readonly List<Finding> settled = [];
    private readonly List<Finding> covering = [];

    // What stands above the judged part; null before there is one.
    private TextHeadings? headings;
    private char[] buffer = [];
    private int bufferStart;
    private int bufferLength;
    private int judgedTo;
    private int releasedTo;

    public StreamingInspector(DetectionPlan plan)
    {
        this.plan = plan;
    }

    /// <summary>How much text has arrived.</summary>
    public int Length => bufferStart + bufferLength;

    /// <summary>Every finding that begins before this is known and final, and no other will begin there.</summary>
    public int JudgedTo => judgedTo;

    /// <summary>The findings that became final in the last call, ordered by place.</summary>
    public List<Finding> Settled => settled;

    /// <summary>Takes the next piece of text, of any length, cut anywhere.</summary>
    public void Push(ReadOnlySpan<char> delta) => Judge(delta, isFinal: false);

    /// <summary>Says that the text has ended: all of it is judged now.</summary>
    public void Complete() => Judge([], isFinal: true);

    /// <summary>Takes a text that arrived whole.</summary>
    public void PushAll(ReadOnlySpan<char> text) => Judge(text, isFinal: true);

    /// <summary>Text that has arrived and was not yet <see cref="Release"/>d.</summary>
    public ReadOnlySpan<char> Text(int start, int end) => buffer.AsSpan(start - bufferStart, end - start);

    /// <summary>Says that the text before <paramref name="end"/> is not asked for again.</summary>
    public void Release(int end)
    {
        releasedTo = Math.Max(releasedTo, end);
        var keepFrom = Math.Min(releasedTo, judgedTo - ContextLength);
        if (keepFrom - bufferStart > bufferLength / 2)
        {
            var drop = keepFrom - bufferStart;
            buffer.AsSpan(drop, bufferLength - drop).CopyTo(buffer);
            bufferStart += drop;
            bufferLength -= drop;
        }
    }

    public void Dispose()
    {
        if (buffer.Length > 0)
        {
            // What was held may be a secret: pooled memory outlives this stream.
            ArrayPool<char>.Shared.Return(buffer, clearArray: true);
            buffer = [];
            bufferLength = 0;
        }
    }

    private int ContextLength => Normalization.TextViewLimits.ContextLength(plan.Reach.Before);

    private void Judge(ReadOnlySpan<char> delta, bool isFinal)
    {
        settled.Clear();
        Append(delta);
        if (plan.IsEmpty)
        {
            judgedTo = Length;
            return;
        }

        var windowStart = Math.Max(bufferStart, judgedTo - ContextLength);
        var window = new TextWindow(
            buffer.AsSpan(windowStart - bufferStart, Length - windowStart),
            judgedTo - windowStart,
            isStart: windowStart == 0,
            isFinal)
        {
            Headings = headings ?? TextHeadings.AtStart,
        };
        plan.Inspect(window, collector);
        var safe = collector.HeldFrom == int.MaxValue ? Length : Math.Min(Length, windowStart + collector.HeldFrom);
        if (isFinal)
        {
            safe = Length;
        }

        foreach (ref readonly var found in collector.Findings)
        {
            var finding = found with { Span = new TextSpan(found.Span.Start + windowStart, found.Span.Length) };
            if (finding.Span.Start < safe && !IsCovered(finding))
            {
                settled.Add(finding);
            }
        }

        if (!isFinal)
        {
            (headings ??= new TextHeadings()).Feed(Text(judgedTo, safe));
        }

        judgedTo = safe;
        covering.RemoveAll(f => f.Span.End <= safe);
        foreach (var finding in settled)
        {
            if (finding.Span.End > safe)
            {
                covering.Add(finding);
            }
        }
    }

    private bool IsCovered(in Finding finding)
    {
        foreach (var other in covering)
        {
            if (plan.Drops(finding, other))
            {
                return true;
            }
        }

        return false;
    }

    private void Append(ReadOnlySpan<char> delta)
    {
        if (bufferLength + delta.Length > buffer.Length)
        {
            var larger = ArrayPool<char>.Shared.Rent(Math.Max(256, Math.Max(bufferLength + delta.Length, bufferLength * 2)));
            buffer.AsSpan(0, bufferLength).CopyTo(larger);
            if (buffer.Length > 0)
            {
                ArrayPool<char>.Shared.Return(buffer, clearArray: true);
            }

            buffer = larger;
        }

        delta.CopyTo(buffer.AsSpan(bufferLength));
        bufferLength += delta.Length;
    }
}
