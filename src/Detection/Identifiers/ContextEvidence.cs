namespace EdgeFilter.Detection.Identifiers;

/// <summary>
/// Which rules have a context word near one candidate. Looked up when the first rule asks, and for each end of a value anew.
/// </summary>
internal ref struct ContextEvidence
{
    /// <summary>Sets of bits that it keeps: before and behind, each far and close.</summary>
    public const int Sets = 4;

    private readonly ContextLexicon lexicon;
    private readonly Span<ulong> bits;
    private readonly int start;
    private int behindEnd = -1;
    private bool hasBefore;
    private bool isBehindComplete;

    /// <param name="lexicon">The words.</param>
    /// <param name="bits">Room for <see cref="Sets"/> sets of the lexicon's blocks.</param>
    /// <param name="start">Where the candidate begins.</param>
    public ContextEvidence(ContextLexicon lexicon, Span<ulong> bits, int start)
    {
        this.lexicon = lexicon;
        this.bits = bits;
        this.start = start;
    }

    /// <summary>Whether a rule has a word near a value of the candidate.</summary>
    /// <param name="text">The text.</param>
    /// <param name="rule">The index of the rule in the lexicon.</param>
    /// <param name="end">Where the value ends.</param>
    /// <param name="closeOnly">Whether only words close by count.</param>
    /// <param name="isComplete">False when text still to come could add a word.</param>
    public bool Has(ReadOnlySpan<char> text, int rule, int end, bool closeOnly, out bool isComplete)
    {
        Look(text, end);
        isComplete = isBehindComplete;
        var blocks = lexicon.BlockCount;
        var block = (closeOnly ? blocks : 0) + (rule / 64);
        return (((bits[block] | bits[(2 * blocks) + block]) >> (rule % 64)) & 1) != 0;
    }

    private void Look(ReadOnlySpan<char> text, int end)
    {
        if (hasBefore && behindEnd == end)
        {
            return;
        }

        var blocks = lexicon.BlockCount;
        Span<char> buffer = stackalloc char[ContextText.Capacity];
        Span<short> places = stackalloc short[ContextText.Capacity];
        if (!hasBefore)
        {
            bits.Clear();
            lexicon.Find(ContextText.BeforeValue(text, start, buffer, places), bits[..blocks], bits.Slice(blocks, blocks));
            hasBefore = true;
        }

        bits[(2 * blocks)..].Clear();
        lexicon.Find(
            ContextText.AfterValue(text, end, buffer, places, out isBehindComplete),
            bits.Slice(2 * blocks, blocks),
            bits.Slice(3 * blocks, blocks));
        behindEnd = end;
    }
}
