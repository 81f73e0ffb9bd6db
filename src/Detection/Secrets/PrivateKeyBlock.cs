namespace EdgeFilter.Detection.Secrets;

/// <summary>
/// Private keys in PEM form, from their BEGIN line to their END line, also where line ends are written as escapes or the end is
/// cut off. The whole block is one finding.
/// </summary>
internal static class PrivateKeyBlock
{
    private const string Begin = "-----BEGIN";
    private const string End = "-----END";
    private const string Dashes = "-----";
    private const int MaxHeader = 80;
    private const int MinBody = 40;

    public static void Recognise(DetectorInfo detector, in TextWindow window, int start, int maxLength, FindingCollector findings)
    {
        var text = window.Text;
        if (start < window.From || !text[start..].StartsWith(Begin, StringComparison.Ordinal))
        {
            return;
        }

        var rest = text.Slice(start, Math.Min(maxLength, text.Length - start));
        var label = rest[Begin.Length..Math.Min(rest.Length, Begin.Length + MaxHeader)];
        var labelEnd = label.IndexOf(Dashes, StringComparison.Ordinal);
        var open = !window.IsFinal && rest.Length < maxLength;
        if (labelEnd < 0)
        {
            if (open && label.Length < MaxHeader)
            {
                findings.Hold(start);
            }

            return;
        }

        if (label[..labelEnd].IndexOf("PRIVATE KEY", StringComparison.Ordinal) < 0)
        {
            return;
        }

        var bodyStart = Begin.Length + labelEnd + Dashes.Length;
        var footer = rest[bodyStart..].IndexOf(End, StringComparison.Ordinal);
        if (footer >= 0)
        {
            var afterEnd = bodyStart + footer + End.Length;
            var close = rest[afterEnd..Math.Min(rest.Length, afterEnd + MaxHeader)].IndexOf(Dashes, StringComparison.Ordinal);
            if (close < 0 && open && rest.Length - afterEnd < MaxHeader)
            {
                findings.Hold(start);
                return;
            }

            Report(detector, start, close < 0 ? afterEnd : afterEnd + close + Dashes.Length, rest, bodyStart, findings);
        }
        else if (open)
        {
            findings.Hold(start);
        }
        else
        {
            Report(detector, start, BodyEnd(rest, bodyStart), rest, bodyStart, findings);
        }
    }

    private static void Report(DetectorInfo detector, int start, int length, ReadOnlySpan<char> rest, int bodyStart, FindingCollector findings)
    {
        var key = 0;
        foreach (var c in rest[bodyStart..length])
        {
            key += char.IsAsciiLetterOrDigit(c) ? 1 : 0;
        }

        if (key >= MinBody)
        {
            findings.Add(detector, start, length, Confidence.ChecksumAndContext);
        }
    }

    // Without an END line the block goes on as long as it reads like one.
    private static int BodyEnd(ReadOnlySpan<char> rest, int from)
    {
        var end = from;
        while (end < rest.Length && (char.IsAsciiLetterOrDigit(rest[end]) || rest[end] is '+' or '/' or '=' or '\\' or '\r' or '\n' or ' ' or ',' or ':' or '-'))
        {
            end++;
        }

        return end;
    }
}
