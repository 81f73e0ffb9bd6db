namespace EdgeFilter.Detection.Identifiers.Shapes;

/// <summary>
/// Absolute URLs of the web, of files and sockets; or, of any scheme, those that carry a name and password. Punctuation at the end
/// belongs to the sentence.
/// </summary>
internal sealed class UrlShape(bool withCredentials) : MarkedShape
{
    private const int Longest = 2_048;
    private const int MaxScheme = 31;
    private static readonly string[] Schemes = ["https", "http", "ftps", "ftp", "sftp", "wss", "ws"];
    private static readonly System.Buffers.SearchValues<char> Ends = System.Buffers.SearchValues.Create(" \t\r\n\"'`<>\u3001\u3002\uFF0C\uFF09\u300D\u00A0");

    public override char Mark => ':';

    public override int MaxLength => Longest;

    public override bool MayFollow(char next) => next == '/';

    public override int StartOf(ReadOnlySpan<char> text, int mark)
    {
        if (withCredentials)
        {
            var start = mark;
            while (start > 0 && mark - start < MaxScheme && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '+' or '-'))
            {
                start--;
            }

            while (start < mark && !char.IsAsciiLetter(text[start]))
            {
                start++;
            }

            return mark - start < 2 && mark < text.Length ? -1 : start;
        }

        foreach (var scheme in Schemes)
        {
            if (text[..mark].EndsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return mark - scheme.Length;
            }
        }

        return mark < text.Length ? -1 : StartOfUnfinished(text);
    }

    public override bool Match(ReadOnlySpan<char> text, int start, out int length, out bool alive)
    {
        length = -1;
        alive = false;
        var i = start;
        while (i < text.Length && i - start <= MaxScheme && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '+' or '-'))
        {
            i++;
        }

        foreach (var c in "://")
        {
            if (i == text.Length)
            {
                alive = i - start <= MaxScheme + 2;
                return false;
            }

            if (text[i++] != c)
            {
                return false;
            }
        }

        var rest = text[i..Math.Min(text.Length, start + Longest)];
        var end = rest.IndexOfAny(Ends);
        alive = end < 0 && text.Length - start < Longest;
        var body = end < 0 ? rest : rest[..end];
        body = body.TrimEnd(".,;:!?)]}*_|\\");
        if (body.Contains('(') && i + body.Length < text.Length && text[i + body.Length] == ')')
        {
            body = text.Slice(i, body.Length + 1);
        }

        if (body.Length < 3 || !char.IsLetterOrDigit(body[0]) && body[0] != '[' || (withCredentials && !HasCredentials(body)))
        {
            return false;
        }

        length = i + body.Length - start;
        return true;
    }

    public override Form FormOf(ReadOnlySpan<char> value) => Form.Marked;

    public override bool IsStart(ReadOnlySpan<char> text, int start) => true;

    public override Boundaries.End EndAt(ReadOnlySpan<char> text, int end, bool isFinal) => Boundaries.End.Edge;

    // A scheme of which only the first letters have arrived.
    private static int StartOfUnfinished(ReadOnlySpan<char> text)
    {
        for (var length = Math.Min(5, text.Length); length > 0; length--)
        {
            foreach (var scheme in Schemes)
            {
                if (length <= scheme.Length && text[^length..].Equals(scheme.AsSpan(0, length), StringComparison.OrdinalIgnoreCase))
                {
                    return text.Length - length;
                }
            }
        }

        return -1;
    }

    /// <summary>A name and a password before the host, neither of them a placeholder.</summary>
    private static bool HasCredentials(ReadOnlySpan<char> body)
    {
        var path = body.IndexOfAny('/', '?', '#');
        var authority = path < 0 ? body : body[..path];
        var at = authority.LastIndexOf('@');
        var colon = authority.IndexOf(':');
        if (colon < 1 || at < colon + 4 || at == authority.Length - 1)
        {
            return false;
        }

        var password = authority[(colon + 1)..at];
        return !(!password.ContainsAnyExcept("*xX.") || password[0] is '$' or '{' or '[' or '%'
            || password.StartsWith("<", StringComparison.Ordinal) || password.Equals("password", StringComparison.OrdinalIgnoreCase));
    }
}
