namespace EdgeFilter.Detection;

/// <summary>A place in a text: start and length in UTF-16 code units.</summary>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>The index just behind the last code unit.</summary>
    public int End => Start + Length;

    /// <summary>True when both spans share at least one code unit.</summary>
    public bool Overlaps(TextSpan other) => Start < other.End && other.Start < End;

    /// <summary>True when <paramref name="other"/> lies wholly inside this span.</summary>
    public bool Contains(TextSpan other) => Start <= other.Start && other.End <= End;

    public static TextSpan FromBounds(int start, int end) => new(start, end - start);
}
