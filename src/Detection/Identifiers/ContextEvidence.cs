using System.Runtime.CompilerServices;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>
/// Which rules have a context word near one candidate. Looked up only as far as a rule asks: before it once, behind it for each
/// end of a value; the near neighbourhood that short numbers need apart from the wide one.
/// </summary>
internal ref struct ContextEvidence
{
    /// <summary>Sets of bits that it keeps: close and far, each before and behind.</summary>
    public const int Sets = 4;

    private readonly ContextLexicon lexicon;
    private readonly Span<ulong> bits;
    private readonly int start;
    private readonly ReadOnlySpan<ulong> heading;
    private Side close;
    private Side far;

    /// <param name="lexicon">The words.</param>
    /// <param name="bits">Room for <see cref="Sets"/> sets of the lexicon's blocks.</param>
    /// <param name="start">Where the candidate begins.</param>
    /// <param name="heading">The rules with a word in its heading; empty without one.</param>
    public ContextEvidence(ContextLexicon lexicon, Span<ulong> bits, int start, ReadOnlySpan<ulong> heading = default)
    {
        this.heading = heading;
        this.lexicon = lexicon;
        this.bits = bits;
        this.start = start;
        close = new Side { BehindEnd = -1 };
        far = new Side { BehindEnd = -1 };
    }

    /// <summary>Whether a rule has a word near a value of the candidate.</summary>
    /// <param name="text">The text.</param>
    /// <param name="rule">The index of the rule in the lexicon.</param>
    /// <param name="end">Where the value ends.</param>
    /// <param name="closeOnly">Whether only words close by count.</param>
    /// <param name="isComplete">False when text still to come could add a word.</param>
    public bool Has(ReadOnlySpan<char> text, int rule, int end, bool closeOnly, out bool isComplete)
    {
        if (!heading.IsEmpty && (heading[rule / 64] >> (rule % 64) & 1) != 0)
        {
            isComplete = true;
            return true;
        }

        var blocks = lexicon.BlockCount;
        var sets = closeOnly ? bits[..(2 * blocks)] : bits[(2 * blocks)..];
        ref var side = ref closeOnly ? ref close : ref far;
        EnsureBefore(text, sets, ref side, closeOnly);
        var block = rule / 64;
        var bit = 1UL << (rule % 64);
        if ((sets[block] & bit) != 0)
        {
            isComplete = true;
            return true;
        }

        if (side.BehindEnd != end)
        {
            side.IsComplete = LookBehind(text, end, sets.Slice(blocks, blocks), closeOnly ? ContextText.CloseAfter : ContextText.After);
            side.BehindEnd = end;
        }

        isComplete = side.IsComplete;
        return (sets[blocks + block] & bit) != 0;
    }

    private readonly void EnsureBefore(ReadOnlySpan<char> text, Span<ulong> sets, ref Side side, bool closeOnly)
    {
        if (!side.HasBefore)
        {
            LookBefore(text, sets[..lexicon.BlockCount], closeOnly ? ContextText.CloseBefore : ContextText.Before);
            side.HasBefore = true;
        }
    }

    [SkipLocalsInit]
    private readonly void LookBefore(ReadOnlySpan<char> text, Span<ulong> found, int reach)
    {
        Span<char> buffer = stackalloc char[ContextText.Capacity];
        Span<short> places = stackalloc short[ContextText.Capacity];
        found.Clear();
        lexicon.Find(ContextText.BeforeValue(text, start, reach, buffer, places), found);
    }

    [SkipLocalsInit]
    private readonly bool LookBehind(ReadOnlySpan<char> text, int end, Span<ulong> found, int reach)
    {
        Span<char> buffer = stackalloc char[ContextText.Capacity];
        Span<short> places = stackalloc short[ContextText.Capacity];
        found.Clear();
        lexicon.Find(ContextText.AfterValue(text, end, reach, buffer, places, out var isComplete), found);
        return isComplete;
    }

    private struct Side
    {
        public bool HasBefore;
        public bool IsComplete;
        public int BehindEnd;
    }
}
