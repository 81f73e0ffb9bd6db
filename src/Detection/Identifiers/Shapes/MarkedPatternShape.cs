using System.Buffers;
using EdgeFilter.Detection.Patterns;

namespace EdgeFilter.Detection.Identifiers.Shapes;

/// <summary>A pattern that is noticed by a mark and begins with the run of certain characters before it.</summary>
/// <param name="pattern">The pattern of the whole value.</param>
/// <param name="mark">The mark inside it.</param>
/// <param name="lead">What may stand between its beginning and the first mark; never the mark itself.</param>
/// <param name="maxLead">The longest such run.</param>
internal sealed class MarkedPatternShape(LinearPattern pattern, char mark, SearchValues<char> lead, int maxLead) : MarkedShape
{
    private readonly bool[] mayFollow = pattern.CharactersBehind(mark);

    public override char Mark => mark;

    public override int MaxLength => pattern.MaxLength;

    public override bool MayFollow(char next) => next >= mayFollow.Length || mayFollow[next];

    public override int StartOf(ReadOnlySpan<char> text, int mark)
    {
        var start = mark;
        while (start > 0 && mark - start < maxLead && lead.Contains(text[start - 1]))
        {
            start--;
        }

        return start;
    }

    /// <summary>The first of several marks begins a value, and nothing that could belong to one stands before it.</summary>
    public override bool IsStart(ReadOnlySpan<char> text, int start) =>
        start == 0 || !(text[start - 1] == mark || LetterFolding.IsGlue(text[start - 1]));

    public override bool Match(ReadOnlySpan<char> text, int start, out int length, out bool alive) =>
        pattern.Match(text, start, out length, out alive);

    /// <summary>A dot with letters behind it belongs to a longer name.</summary>
    public override Boundaries.End EndAt(ReadOnlySpan<char> text, int end, bool isFinal)
    {
        var outcome = base.EndAt(text, end, isFinal);
        return outcome == Boundaries.End.Edge && end + 1 < text.Length && text[end] == '.' && LetterFolding.IsGlue(text[end + 1])
            ? Boundaries.End.Inside
            : outcome;
    }
}
