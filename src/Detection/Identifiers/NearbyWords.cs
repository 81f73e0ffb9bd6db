using System.Runtime.CompilerServices;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>
/// Which rules could have a context word near a candidate. Words are looked up once for a stretch of text and serve all candidates in
/// it, so a column of numbers costs no more than its text. The answer may be yes for a rule that <see cref="ContextEvidence"/> then
/// denies, never the other way round.
/// </summary>
internal ref struct NearbyWords
{
    /// <summary>Words of one stretch that are kept; where there are more, every rule counts as near.</summary>
    public const int Capacity = 192;

    private const int ShortStep = 32;
    private const int LongStep = 512;
    private const int Longest = ContextText.Before + CandidateStarts.MaxLead + ContextText.LongestValue + ContextText.After + LongStep;
    private readonly ContextLexicon lexicon;
    private readonly Span<ContextHit> hits;
    private int count;
    private int from;
    private int to;
    private int step;

    /// <param name="lexicon">The words.</param>
    /// <param name="hits">Room for <see cref="Capacity"/>.</param>
    public NearbyWords(ContextLexicon lexicon, Span<ContextHit> hits)
    {
        this.lexicon = lexicon;
        this.hits = hits;
        to = -1;
    }

    /// <summary>Whether the words around a value that begins here have been looked up already.</summary>
    /// <param name="text">The text; always the same.</param>
    /// <param name="start">Where the value begins.</param>
    /// <param name="longest">How long it may be.</param>
    public readonly bool Covers(ReadOnlySpan<char> text, int start, int longest) =>
        Math.Max(0, start - ContextText.Before) >= from && Math.Min(text.Length, start + longest + ContextText.After) <= to;

    /// <summary>Whether it is known that no word is near a value that begins here.</summary>
    /// <param name="text">The text; always the same.</param>
    /// <param name="start">Where the value begins.</param>
    /// <param name="longest">How long it may be.</param>
    public readonly bool HasNone(ReadOnlySpan<char> text, int start, int longest)
    {
        if (count > hits.Length || !Covers(text, start, longest))
        {
            return false;
        }

        foreach (ref readonly var hit in hits[..count])
        {
            if (hit.End > start - ContextText.Before && hit.Start < start + longest + ContextText.After)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Marks the rules with a word near any value that begins here.</summary>
    /// <param name="text">The text; always the same.</param>
    /// <param name="start">Where the value begins.</param>
    /// <param name="longest">How long it may be; at most <see cref="ContextText.LongestValue"/>.</param>
    /// <param name="close">Receives those with a word near a short number; cleared before.</param>
    /// <param name="far">Receives those with a word near another value; cleared before.</param>
    public void Mark(ReadOnlySpan<char> text, int start, int longest, scoped Span<ulong> close, scoped Span<ulong> far)
    {
        close.Clear();
        far.Clear();
        var first = Math.Max(0, start - ContextText.Before);
        var last = Math.Min(text.Length, start + longest + ContextText.After);
        if (!Covers(text, start, longest))
        {
            Look(text, first, last);
        }

        if (count > hits.Length)
        {
            close.Fill(ulong.MaxValue);
            far.Fill(ulong.MaxValue);
            return;
        }

        first = ContextText.LineStart(text, first, start);
        foreach (ref readonly var hit in hits[..count])
        {
            if (hit.Start >= last)
            {
                break;
            }

            // Before the value, or from its beginning on.
            var isBefore = hit.End <= start;
            if (isBefore ? hit.Start < first : hit.Start < start || hit.End > last)
            {
                continue;
            }

            if (hit.IsAbbreviation && !(isBefore && ContextText.IsBeside(hit.End, start)))
            {
                continue;
            }

            var isClose = isBefore
                ? hit.Start >= start - ContextText.CloseBefore
                : hit.End <= start + IdentifierRule.ShortLength + ContextText.CloseAfter;
            lexicon.Mark(hit.Payload, far);
            if (isClose)
            {
                lexicon.Mark(hit.Payload, close);
            }
        }
    }

    [SkipLocalsInit]
    private void Look(ReadOnlySpan<char> text, int first, int last)
    {
        // Candidates that follow one another share a longer stretch. Those of one word begin before each other.
        var isNext = first <= to && first >= from;
        step = !isNext ? 0 : count <= hits.Length ? Math.Min(LongStep, (2 * step) + ShortStep) : ShortStep;
        from = isNext ? Math.Max(0, first - CandidateStarts.MaxLead) : first;
        to = Math.Min(text.Length, last + step);
        Span<char> buffer = stackalloc char[(2 * Longest) + ContextFolding.Margin];
        Span<short> places = stackalloc short[(2 * Longest) + ContextFolding.Margin];
        count = lexicon.Locate(ContextText.Stretch(text, from, to, buffer, places), from, hits);
    }
}
