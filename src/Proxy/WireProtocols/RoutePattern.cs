namespace EdgeFilter.Proxy.WireProtocols;

/// <summary>
/// A path that a protocol answers: <c>POST /v1/models/{model}:generateContent</c>. A name in braces stands for a part of one path
/// segment, <c>{rest*}</c> for all that follows. Compared letter by letter: what only looks alike is another path.
/// </summary>
internal sealed class RoutePattern
{
    private readonly string method;
    private readonly string[] segments;

    private RoutePattern(string method, string[] segments)
    {
        this.method = method;
        this.segments = segments;
    }

    public static RoutePattern Parse(string pattern)
    {
        var space = pattern.IndexOf(' ', StringComparison.Ordinal);
        return new RoutePattern(pattern[..space], pattern[(space + 1)..].Split('/')[1..]);
    }

    /// <summary>Compares a request with the pattern.</summary>
    /// <param name="path">Decoded, without query.</param>
    /// <param name="value">What stands in the place of the last braces; null without any.</param>
    public bool Matches(string requestMethod, string path, out string? value)
    {
        value = null;
        if (!string.Equals(requestMethod, method, StringComparison.Ordinal) || !path.StartsWith('/'))
        {
            return false;
        }

        var rest = path.AsSpan(1);
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i] == "{rest*}")
            {
                value = rest.ToString();
                return rest.Length > 0;
            }

            var slash = rest.IndexOf('/');
            var isLast = i == segments.Length - 1;
            if (isLast != slash < 0 || !MatchesSegment(segments[i], isLast ? rest : rest[..slash], ref value))
            {
                return false;
            }

            rest = isLast ? [] : rest[(slash + 1)..];
        }

        return true;
    }

    public override string ToString() => $"{method} /{string.Join('/', segments)}";

    private static bool MatchesSegment(string pattern, ReadOnlySpan<char> segment, ref string? value)
    {
        var open = pattern.IndexOf('{', StringComparison.Ordinal);
        if (open < 0)
        {
            return segment.SequenceEqual(pattern);
        }

        var close = pattern.IndexOf('}', StringComparison.Ordinal);
        var before = pattern.AsSpan(0, open);
        var after = pattern.AsSpan(close + 1);
        if (segment.Length <= before.Length + after.Length || !segment.StartsWith(before) || !segment.EndsWith(after))
        {
            return false;
        }

        value = segment[before.Length..^after.Length].ToString();
        return true;
    }
}
