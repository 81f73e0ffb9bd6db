using EdgeFilter.Detection.Headings;

namespace EdgeFilter.Detection;

/// <summary>
/// The part of a text that a recogniser looks at: what was settled before (as context), and what is to be judged now.
/// </summary>
/// <remarks>
/// The contract that makes streams and whole texts agree. For each possible beginning of a match at or after <see cref="From"/>
/// a recogniser decides from the text alone, within its <see cref="Reach"/>: no match, a match, or, when the text ends before it
/// can tell and <see cref="IsFinal"/> is false, undecided (<see cref="FindingCollector.Hold"/>). Nothing it reports may depend on
/// how far the text before <see cref="From"/> happens to be visible beyond <see cref="Reach.Before"/>, nor on where earlier
/// calls began. What stands farther before is known as far as it is a heading (<see cref="TextHeadings"/>).
/// </remarks>
public readonly ref struct TextWindow
{
    public TextWindow(ReadOnlySpan<char> text, int from = 0, bool isStart = true, bool isFinal = true)
    {
        Text = text;
        From = from;
        IsStart = isStart;
        IsFinal = isFinal;
    }

    /// <summary>Context, then what is to be judged. All offsets refer to this span.</summary>
    public ReadOnlySpan<char> Text { get; }

    /// <summary>Matches that begin before this index were judged earlier and are not to be reported again.</summary>
    public int From { get; }

    /// <summary>True when <see cref="Text"/> begins where the whole text begins.</summary>
    public bool IsStart { get; }

    /// <summary>True when nothing follows <see cref="Text"/>.</summary>
    public bool IsFinal { get; }

    /// <summary>What stands above <see cref="From"/>, be it out of sight; null in other views of a text. Not to be changed.</summary>
    internal TextHeadings? Headings { get; init; }
}

/// <summary>How far a recogniser looks, in UTF-16 code units.</summary>
/// <param name="Before">Context before the beginning of a match, boundary character included.</param>
/// <param name="Match">The longest match it reports.</param>
/// <param name="After">Context behind the end of a match, boundary character included.</param>
public readonly record struct Reach(int Before, int Match, int After)
{
    /// <summary>The longest text that it may have to wait for.</summary>
    public int HoldBack => Match + After;

    public Reach Union(Reach other) =>
        new(Math.Max(Before, other.Before), Math.Max(Match, other.Match), Math.Max(After, other.After));
}
