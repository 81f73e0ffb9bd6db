using EdgeFilter.Detection.Patterns;

namespace EdgeFilter.Detection.Identifiers.Shapes;

/// <summary>IPv4 addresses in dotted decimals. Version numbers look alike: words and signs of versions before them decide.</summary>
internal sealed class IpAddressShape : PatternShape
{
    public const string Pattern =
        @"(?:(?:25[0-5]|2[0-4]\d|1\d{2}|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d{2}|[1-9]?\d)";

    private const int VersionReach = 24;

    public IpAddressShape()
        : base(LinearPattern.Parse(Pattern), DigitLead.Of(Pattern))
    {
    }

        /// <summary>Four single figures are a version or a section more often than an address.</summary>
    public override Form FormOf(ReadOnlySpan<char> value) => value.Length > 8 ? Form.Marked : Form.Bare;

    public override bool HasOwnStart => true;

    /// <summary>Addresses stand in URLs, behind slashes, and beside dashes of ranges.</summary>
    public override bool IsStart(ReadOnlySpan<char> text, int start) => start == 0
        || !(LetterFolding.IsGlue(text[start - 1]) || (start > 1 && text[start - 1] == '.' && LetterFolding.IsGlue(text[start - 2])));

    /// <summary>A port, a prefix length or the end of a range may follow; another dotted group may not.</summary>
    public override Boundaries.End EndAt(ReadOnlySpan<char> text, int end, bool isFinal)
    {
        if (end == text.Length || (end + 1 == text.Length && text[end] == '.'))
        {
            return isFinal ? Boundaries.End.Edge : Boundaries.End.Unknown;
        }

        return LetterFolding.IsGlue(text[end]) || (text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
            ? Boundaries.End.Inside
            : Boundaries.End.Edge;
    }

    public override bool IsVetoed(ReadOnlySpan<char> text, int start)
    {
        // Chrome/120.0.0.0, but not http://192.0.2.1
        if (start > 1 && text[start - 1] == '/' && char.IsAsciiLetterOrDigit(text[start - 2]))
        {
            return true;
        }

        var before = text[Math.Max(0, start - VersionReach)..start];
        return before.Contains("version", StringComparison.OrdinalIgnoreCase) || before.Contains("release", StringComparison.OrdinalIgnoreCase)
            || before.Contains("firmware", StringComparison.OrdinalIgnoreCase) || before.Contains("section", StringComparison.OrdinalIgnoreCase)
            || before.TrimEnd(" \"'=:").EndsWith(" v", StringComparison.OrdinalIgnoreCase) || before.Contains('§');
    }
}
