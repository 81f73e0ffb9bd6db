namespace EdgeFilter.Detection.Classifiers.Names;

/// <summary>Tokens of a text: where each begins and ends, and its rows. Reused; not thread-safe.</summary>
internal sealed class NameTokenList
{
    private const int Slots = NameTokens.Slots;

    private int[] rows = new int[256 * Slots];
    private (int Start, int End)[] places = new (int, int)[256];
    private int trailingBreak;

    public int Count { get; private set; }

    /// <summary>The rows of all tokens, one behind another.</summary>
    public ReadOnlySpan<int> Rows => rows.AsSpan(0, Count * Slots);

    /// <summary>True when nothing stands before the next token, or a break does.</summary>
    public bool EndsWithBreak => Count == 0 || trailingBreak == Count;

    /// <summary>Where a token begins; a break's tokens begin where the break ends.</summary>
    public int Start(int token) => places[token].Start;

    public int End(int token) => places[token].End;

    public bool IsBreak(int token) => places[token].End < 0;

    public void Clear()
    {
        Count = 0;
        trailingBreak = 0;
    }

    public void Add(int start, int end, ReadOnlySpan<int> tokenRows)
    {
        if (Count == places.Length)
        {
            Array.Resize(ref places, Count * 2);
            Array.Resize(ref rows, rows.Length * 2);
        }

        places[Count] = (start, end);
        tokenRows.CopyTo(rows.AsSpan(Count * Slots));
        Count++;
    }

    public void AddBreak(int place)
    {
        ReadOnlySpan<int> nothing = stackalloc int[Slots];
        for (var i = 0; i < NameTokens.BreakTokens; i++)
        {
            Add(place, -1, nothing);
        }

        trailingBreak = Count;
    }
}
