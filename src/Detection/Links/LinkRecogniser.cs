using System.Buffers;

namespace EdgeFilter.Detection.Links;

/// <summary>
/// Looks at every <c>[</c>, <c>![</c> and <c>&lt;</c>. An element is judged from its first character on, within fixed bounds; one
/// that outgrows them ends there and is reported, so that length is no way around it.
/// </summary>
internal sealed class LinkRecogniser(DetectorInfo? image, DetectorInfo? link) : IRecogniser
{
    private const int LongestWords = 512;
    private const int LongestTarget = 4_096;
    private const int LongestTag = 2_048;
    private const int NoMatch = 0;
    private const int Undecided = -1;

    private static readonly SearchValues<char> Openers = SearchValues.Create("[!<");

    private static readonly string[] Fetched = ["img", "image", "iframe", "embed", "object", "source", "video", "audio", "script", "link", "input", "body", "svg", "use"];

    public Reach Reach => new(1, LongestWords + LongestTarget, 1);

    public void Recognise(in TextWindow window, FindingCollector findings)
    {
        var text = window.Text;
        for (var at = window.From; at < text.Length; at++)
        {
            var next = text[at..].IndexOfAny(Openers);
            if (next < 0)
            {
                return;
            }

            at += next;
            var (detector, length) = Judge(text, at, window.IsFinal);
            if (length == Undecided)
            {
                findings.Hold(at);
            }
            else if (length > NoMatch && detector is not null)
            {
                findings.Add(detector, at, length, Confidence.StrictPattern);
            }
        }
    }

    private (DetectorInfo? Detector, int Length) Judge(ReadOnlySpan<char> text, int at, bool isFinal)
    {
        var rest = text[at..];
        switch (rest[0])
        {
            case '!':
                if (rest.Length == 1)
                {
                    return (image, isFinal || image is null ? NoMatch : Undecided);
                }

                return rest[1] == '[' && image is not null ? (image, Markdown(rest, 1, isFinal)) : (null, NoMatch);
            case '[':
                return link is null || (at > 0 && text[at - 1] == '!') ? (null, NoMatch) : (link, Markdown(rest, 0, isFinal));
            default:
                return Tag(rest, isFinal);
        }
    }

    // [words](target "title"), [words]: target
    private static int Markdown(ReadOnlySpan<char> rest, int bracket, bool isFinal)
    {
        var depth = 0;
        var close = -1;
        var end = Math.Min(rest.Length, LongestWords);
        for (var i = bracket; i < end && close < 0; i++)
        {
            depth += rest[i] == '[' ? 1 : rest[i] == ']' ? -1 : 0;
            close = depth == 0 ? i : -1;
        }

        if (close < 0)
        {
            return rest.Length < LongestWords && !isFinal ? Undecided : NoMatch;
        }

        var target = close + 1;
        if (target == rest.Length)
        {
            return isFinal ? NoMatch : Undecided;
        }

        var isDefinition = bracket == 0 && rest[target] == ':';
        return rest[target] == '(' || isDefinition ? Target(rest, target + 1, isDefinition, isFinal) : NoMatch;
    }

    // A target counts when it is an address of its own: a scheme or two slashes. '[12](page 3)' and '[0]: 5' are none.
    private static int Target(ReadOnlySpan<char> rest, int start, bool isDefinition, bool isFinal)
    {
        var end = Math.Min(rest.Length, start + LongestTarget - 1);
        var from = start;
        while (from < end && (rest[from] is ' ' or '<' || (isDefinition && rest[from] == '\n')))
        {
            from++;
        }

        var depth = 0;
        var at = from;
        while (at < end && !(isDefinition ? char.IsWhiteSpace(rest[at]) : rest[at] is '\n' || (rest[at] == ')' && depth == 0)))
        {
            depth += rest[at] == '(' ? 1 : rest[at] == ')' ? -1 : 0;
            at++;
        }

        if (at == rest.Length && !isFinal && at < start + LongestTarget - 1)
        {
            return Undecided;
        }

        if (!rest[from..at].Contains("//", StringComparison.Ordinal))
        {
            return NoMatch;
        }

        return at < rest.Length && rest[at] == ')' ? at + 1 : at;
    }

    private (DetectorInfo? Detector, int Length) Tag(ReadOnlySpan<char> rest, bool isFinal)
    {
        var nameEnd = 1;
        while (nameEnd < rest.Length && nameEnd < 8 && char.IsAsciiLetter(rest[nameEnd]))
        {
            nameEnd++;
        }

        var name = rest[1..nameEnd];
        if (nameEnd == rest.Length && !isFinal)
        {
            return (null, CouldBeTag(name) ? Undecided : NoMatch);
        }

        var detector = IsFetched(name) ? image : name.Equals("a", StringComparison.OrdinalIgnoreCase) ? link : null;
        if (detector is null || nameEnd == rest.Length || !(char.IsWhiteSpace(rest[nameEnd]) || rest[nameEnd] == '/'))
        {
            return (null, NoMatch);
        }

        var end = rest[..Math.Min(rest.Length, LongestTag)].IndexOf('>');
        if (end < 0 && rest.Length < LongestTag && !isFinal)
        {
            return (null, Undecided);
        }

        var length = end < 0 ? Math.Min(rest.Length, LongestTag) : end + 1;
        return rest[..length].Contains("//", StringComparison.Ordinal) ? (detector, length) : (null, NoMatch);
    }

    private static bool IsFetched(ReadOnlySpan<char> name)
    {
        foreach (var tag in Fetched)
        {
            if (name.Equals(tag, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private bool CouldBeTag(ReadOnlySpan<char> beginning)
    {
        if (link is not null && (beginning.IsEmpty || beginning.Equals("a", StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        foreach (var tag in Fetched)
        {
            if (image is not null && tag.AsSpan().StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
