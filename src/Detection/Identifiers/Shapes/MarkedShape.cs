namespace EdgeFilter.Detection.Identifiers.Shapes;

/// <summary>A shape that is noticed by a mark inside it, as an e-mail address by its <c>@</c>.</summary>
internal abstract class MarkedShape : Shape
{
    /// <summary>The mark.</summary>
    public abstract char Mark { get; }

    /// <summary>
    /// Where a value whose mark stands, or may come to stand, at <paramref name="mark"/> begins; -1 when none can. Text that grows
    /// before the mark may only move it on, never back.
    /// </summary>
    public abstract int StartOf(ReadOnlySpan<char> text, int mark);

    /// <summary>Whether a value's first mark may be followed by this: most marks in a text are no identifier's.</summary>
    public virtual bool MayFollow(char next) => true;
}
