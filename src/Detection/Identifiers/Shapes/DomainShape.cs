namespace EdgeFilter.Detection.Identifiers.Shapes;

/// <summary>Host names under a known top-level domain. File names and method calls look alike, so the domain must exist.</summary>
internal sealed class DomainShape : MarkedShape
{
    private const int MaxLabel = 63;

    public override char Mark => '.';

    public override int MaxLength => 255;

    /// <summary>The next label; an empty one ends the name.</summary>
    public override bool MayFollow(char next) => LetterFolding.IsGlue(next);

    public override int StartOf(ReadOnlySpan<char> text, int mark)
    {
        var start = mark;
        while (start > 0 && mark - start <= MaxLabel && (LetterFolding.IsGlue(text[start - 1]) || text[start - 1] == '-'))
        {
            start--;
        }

        while (start < mark && text[start] == '-')
        {
            start++;
        }

        return start == mark || mark - start > MaxLabel ? -1 : start;
    }

    public override bool IsStart(ReadOnlySpan<char> text, int start) =>
        start == 0 || !(LetterFolding.IsGlue(text[start - 1]) || text[start - 1] is '.' or '@' or '-' or '_');

    public override bool Match(ReadOnlySpan<char> text, int start, out int length, out bool alive)
    {
        length = DomainNames.Match(text, start, out alive, out var isKnown);

        // host.Services is a member of an object.
        return isKnown && !text.Slice(start, length)[text.Slice(start, length).LastIndexOf('.')..].ContainsAnyInRange('A', 'Z');
    }

    public override Form FormOf(ReadOnlySpan<char> value) => Form.Marked;

    public override Boundaries.End EndAt(ReadOnlySpan<char> text, int end, bool isFinal)
    {
        if (end == text.Length)
        {
            return isFinal ? Boundaries.End.Edge : Boundaries.End.Unknown;
        }

        return text[end] is '(' or '_' or '@' ? Boundaries.End.Inside : Boundaries.End.Edge;
    }
}
