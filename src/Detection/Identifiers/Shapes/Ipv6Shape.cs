namespace EdgeFilter.Detection.Identifiers.Shapes;

/// <summary>IPv6 addresses (RFC 4291), with an IPv4 tail or a zone; optionally only those with a prefix length behind.</summary>
internal sealed class Ipv6Shape(bool withPrefixLength) : MarkedShape
{
    private const int MaxGroups = 8;
    private const int MaxZone = 16;

    public override char Mark => ':';

    public override int MaxLength => 45 + MaxZone + 4;

    public override bool CanBegin(char c) => c == ':' || char.IsAsciiHexDigit(c);

    public override bool MayFollow(char next) => next == ':' || char.IsAsciiHexDigit(next);

    /// <summary>Only the first colon of a run counts, so a long run is read once.</summary>
    public override int StartOf(ReadOnlySpan<char> text, int mark)
    {
        var start = mark;
        while (start > 0 && mark - start < 5 && char.IsAsciiHexDigit(text[start - 1]))
        {
            start--;
        }

        if (mark - start > 4 || (start > 0 && text[start - 1] == ':'))
        {
            return -1;
        }

        return IsStart(text, start) ? start : -1;
    }

    public override bool IsStart(ReadOnlySpan<char> text, int start) =>
        start == 0 || !(LetterFolding.IsGlue(text[start - 1]) || text[start - 1] is ':' or '.');

    public override bool Match(ReadOnlySpan<char> text, int start, out int length, out bool alive)
    {
        length = -1;
        alive = false;
        int groups = 0, gap = -1, i = start;
        while (i < text.Length && groups < MaxGroups)
        {
            if (text[i] == ':' && i + 1 < text.Length && text[i + 1] == ':')
            {
                if (gap >= 0)
                {
                    return false;
                }

                gap = groups;
                i += 2;
                continue;
            }

            if (text[i] == ':')
            {
                if (groups == 0 || i + 1 < text.Length && !char.IsAsciiHexDigit(text[i + 1]))
                {
                    break;
                }

                i++;
            }

            var digits = 0;
            while (i + digits < text.Length && digits < 5 && char.IsAsciiHexDigit(text[i + digits]))
            {
                digits++;
            }

            if (digits is 0 or > 4)
            {
                break;
            }

            if (i + digits < text.Length && text[i + digits] == '.' && IsDotted(text[i..], out var dotted))
            {
                i += dotted;
                groups += 2;
                break;
            }

            i += digits;
            groups++;
        }

        if (i >= text.Length)
        {
            alive = i - start < MaxLength;
        }

        if (!(groups == MaxGroups ? gap < 0 : gap >= 0 && groups > 0) || !text[start..i].ContainsAnyInRange('0', '9') || text[i - 1] == ':' && gap != groups)
        {
            return false;
        }

        return End(text, start, i, ref alive, out length);
    }

    /// <summary>A loopback or a mere fragment says little.</summary>
    public override Form FormOf(ReadOnlySpan<char> value) => value.Length > 6 ? Form.Marked : Form.Bare;

    public override Boundaries.End EndAt(ReadOnlySpan<char> text, int end, bool isFinal)
    {
        if (end == text.Length)
        {
            return isFinal ? Boundaries.End.Edge : Boundaries.End.Unknown;
        }

        return LetterFolding.IsGlue(text[end]) || text[end] == ':' ? Boundaries.End.Inside : Boundaries.End.Edge;
    }

    private bool End(ReadOnlySpan<char> text, int start, int end, ref bool alive, out int length)
    {
        var i = end;
        if (withPrefixLength)
        {
            var digits = 0;
            while (i + 1 + digits < text.Length && digits < 3 && char.IsAsciiDigit(text[i + 1 + digits]))
            {
                digits++;
            }

            alive |= i + 1 + digits >= text.Length;
            if (i >= text.Length || text[i] != '/' || digits == 0 || Checksums.Symbols.Number(text.Slice(i + 1, digits)) > 128)
            {
                length = -1;
                return false;
            }

            i += 1 + digits;
        }
        else if (i < text.Length && text[i] == '%')
        {
            var zone = i + 1;
            while (zone < text.Length && zone - i <= MaxZone && char.IsAsciiLetterOrDigit(text[zone]))
            {
                zone++;
            }

            alive |= zone == text.Length;
            i = zone > i + 1 ? zone : i;
        }

        length = i - start;
        return true;
    }

    private static bool IsDotted(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        for (var part = 0; part < 4; part++)
        {
            var digits = 0;
            while (length + digits < text.Length && digits < 4 && char.IsAsciiDigit(text[length + digits]))
            {
                digits++;
            }

            if (digits is 0 or > 3 || Checksums.Symbols.Number(text.Slice(length, digits)) > 255)
            {
                return false;
            }

            length += digits;
            if (part < 3)
            {
                if (length >= text.Length || text[length] != '.')
                {
                    return false;
                }

                length++;
            }
        }

        return true;
    }
}
