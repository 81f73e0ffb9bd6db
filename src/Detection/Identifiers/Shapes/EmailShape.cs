namespace EdgeFilter.Detection.Identifiers.Shapes;

/// <summary>E-mail addresses (RFC 5321) as people write them: no quoted local parts, no address literals.</summary>
internal sealed class EmailShape : MarkedShape
{
    private const int MaxLocal = 64;
    private const int MaxDomain = 253;
    private static readonly bool[] Local =
        [.. Enumerable.Range(0, 128).Select(c => char.IsAsciiLetterOrDigit((char)c) || "._-+'!#$%^~".Contains((char)c, StringComparison.Ordinal))];

    public override char Mark => '@';

    public override int MaxLength => MaxLocal + 1 + MaxDomain + 2;

    public override bool CanBegin(char c) => c == '_' || LetterFolding.IsGlue(c);

    /// <summary>The domain; its first label isn't empty.</summary>
    public override bool MayFollow(char next) => LetterFolding.IsGlue(next);

    public override int StartOf(ReadOnlySpan<char> text, int mark)
    {
        var limit = Math.Max(0, mark - MaxLocal);
        var start = mark;
        while (start > limit && IsLocal(text[start - 1]) && !IsEllipsis(text, start - 1))
        {
            start--;
        }

        while (start < mark && !CanBegin(text[start]))
        {
            start++;
        }

        return start < mark ? start : -1;
    }

    public override bool Match(ReadOnlySpan<char> text, int start, out int length, out bool alive)
    {
        length = -1;
        alive = false;
        var i = start;
        while (i < text.Length && i - start <= MaxLocal && IsLocal(text[i]))
        {
            i++;
        }

        if (i == text.Length)
        {
            alive = i - start <= MaxLocal;
            return false;
        }

        if (text[i] != '@' || i == start || text[i - 1] == '.' || i - start > MaxLocal)
        {
            return false;
        }

        var domain = DomainNames.Match(text, i + 1, out alive, out _);
        if (domain > 0)
        {
            length = i + 1 + domain - start;
        }

        return length > 0;
    }

    /// <summary>With a top-level domain that exists, and no doubled dot, an address is what it seems.</summary>
    public override Form FormOf(ReadOnlySpan<char> value)
    {
        var at = value.LastIndexOf('@');
        return DomainNames.HasKnownTop(value[(at + 1)..]) && value[..at].IndexOf("..", StringComparison.Ordinal) < 0 ? Form.Marked : Form.Bare;
    }

    public override bool IsStart(ReadOnlySpan<char> text, int start) => true;

    public override Boundaries.End EndAt(ReadOnlySpan<char> text, int end, bool isFinal) => Boundaries.End.Edge;

    // The legal characters without those that far more often stand between an address and what is before it (=, /, ?, &, |, {, *).
    private static bool IsLocal(char c) => c < Local.Length ? Local[c] : LetterFolding.IsGlue(c);

    private static bool IsEllipsis(ReadOnlySpan<char> text, int at) =>
        text[at] == '.' && at > 1 && text[at - 1] == '.' && text[at - 2] == '.';
}
