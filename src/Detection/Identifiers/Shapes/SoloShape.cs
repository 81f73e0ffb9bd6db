using EdgeFilter.Detection.Patterns;

namespace EdgeFilter.Detection.Identifiers.Shapes;

/// <summary>
/// A value that is none where more of its parts stand beside it: six pairs out of a key's fingerprint are no hardware address, two
/// numbers out of a vector are no place on the map.
/// </summary>
internal sealed class SoloShape : PatternShape
{
    private const int LongestPart = 12;
    private readonly System.Buffers.SearchValues<char> joiners;
    private readonly System.Buffers.SearchValues<char> partCharacters;
    private readonly LinearPattern next;

    /// <param name="pattern">The value.</param>
    /// <param name="lead">What it may begin with.</param>
    /// <param name="next">A joiner with one more part.</param>
    /// <param name="joiners">What joins a part before it, up to three characters.</param>
    /// <param name="partCharacters">What a part before it ends with.</param>
    private SoloShape(LinearPattern pattern, DigitLead? lead, string next, string joiners, string partCharacters)
        : base(pattern, lead)
    {
        this.next = LinearPattern.Parse(next);
        this.joiners = System.Buffers.SearchValues.Create(joiners);
        this.partCharacters = System.Buffers.SearchValues.Create(partCharacters);
    }

    public static SoloShape OfHardwareAddress(string pattern) => new(
        LinearPattern.Parse(pattern), DigitLead.Of(pattern), "[:-][0-9A-Fa-f]{2}", ":-", "0123456789ABCDEFabcdef");

    /// <summary>A height may follow a latitude and a longitude; a third number as precise as they are makes it a row of numbers.</summary>
    public static SoloShape OfCoordinates(string pattern) => new(
        LinearPattern.Parse(pattern), DigitLead.Of(pattern), @"[,; ]{1,3}[-+]?\d{1,4}\.\d{3}", ",; -+", "0123456789");

    public override bool IsVetoed(ReadOnlySpan<char> text, int start)
    {
        var at = start - 1;
        for (var i = 0; i < 3 && at >= 0 && joiners.Contains(text[at]); i++)
        {
            at--;
        }

        return at >= 0 && at < start - 1 && partCharacters.Contains(text[at]) && !IsWord(text, at);
    }

    public override Boundaries.End EndAt(ReadOnlySpan<char> text, int end, bool isFinal)
    {
        var edge = base.EndAt(text, end, isFinal);
        if (edge != Boundaries.End.Edge || end == text.Length)
        {
            return edge;
        }

        var goesOn = next.Match(text[..Math.Min(text.Length, end + LongestPart)], end, out _, out var alive);
        return goesOn ? Boundaries.End.Inside
            : alive && !isFinal && end + LongestPart > text.Length ? Boundaries.End.Unknown
            : Boundaries.End.Edge;
    }

    /// <summary>Whether what ends here is a word of letters, such as a label, and no part.</summary>
    private static bool IsWord(ReadOnlySpan<char> text, int last)
    {
        var first = last;
        while (first > 0 && last - first < LongestPart && char.IsAsciiLetterOrDigit(text[first - 1]))
        {
            first--;
        }

        return !text[first..(last + 1)].ContainsAnyInRange('0', '9') && last - first != 1;
    }
}
