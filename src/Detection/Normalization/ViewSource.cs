namespace EdgeFilter.Detection.Normalization;

/// <summary>A text to be read in another way: the original, or a view of it with its map to original offsets.</summary>
internal readonly ref struct ViewSource
{
    private readonly ReadOnlySpan<int> starts;
    private readonly ReadOnlySpan<int> ends;
    private readonly int offset;

    /// <summary>The original from <paramref name="offset"/> on.</summary>
    public ViewSource(ReadOnlySpan<char> text, int offset, bool isStart, bool isFinal)
    {
        Text = text;
        this.offset = offset;
        IsStart = isStart;
        IsFinal = isFinal;
    }

    public ViewSource(ReadOnlySpan<char> text, ReadOnlySpan<int> starts, ReadOnlySpan<int> ends, bool isStart, bool isFinal)
    {
        Text = text;
        this.starts = starts;
        this.ends = ends;
        IsStart = isStart;
        IsFinal = isFinal;
    }

    public ReadOnlySpan<char> Text { get; }

    /// <summary>True when nothing stands before the first character.</summary>
    public bool IsStart { get; }

    /// <summary>True when nothing follows the last character.</summary>
    public bool IsFinal { get; }

    /// <summary>Where the character at an index begins in the original.</summary>
    public int StartOf(int index) => starts.IsEmpty ? offset + index : starts[index];

    /// <summary>The original index just behind the character at an index.</summary>
    public int EndOf(int index) => ends.IsEmpty ? offset + index + 1 : ends[index];

    /// <summary>Copies the map of some characters.</summary>
    public void CopyMap(int index, Span<int> toStarts, Span<int> toEnds)
    {
        if (!starts.IsEmpty)
        {
            starts.Slice(index, toStarts.Length).CopyTo(toStarts);
            ends.Slice(index, toEnds.Length).CopyTo(toEnds);
            return;
        }

        for (var i = 0; i < toStarts.Length; i++)
        {
            toStarts[i] = offset + index + i;
            toEnds[i] = offset + index + i + 1;
        }
    }
}
