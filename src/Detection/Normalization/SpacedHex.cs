namespace EdgeFilter.Detection.Normalization;

/// <summary>
/// Bytes written as pairs of hexadecimal digits with the same separator between them: <c>34 31 31 31</c>, <c>34:31:31:31</c>.
/// </summary>
internal static class SpacedHex
{
    /// <summary>How many pairs in a row the scan looks for.</summary>
    public const int Noticed = 4;

    private const int Step = 3;

    /// <summary>Hands on every text that runs of pairs in the source encode.</summary>
    /// <param name="source">The text.</param>
    /// <param name="first">An index inside the first run, or behind it.</param>
    /// <param name="sink">Receives the texts.</param>
    public static void Read(in ViewSource source, int first, IFragmentSink sink)
    {
        var text = source.Text;
        using var fragment = new ViewText(64);
        var bytes = new DecodedBytes(fragment, sink);
        for (var at = RunStart(text, Math.Min(first, text.Length)); at < text.Length;)
        {
            if (!IsPair(text, at))
            {
                at++;
                continue;
            }

            at = ReadRun(source, at, bytes);
        }
    }

    /// <summary>True when a text ends with a pair, what could separate it from the next, and perhaps that one or half of it.</summary>
    public static bool MayBegin(ReadOnlySpan<char> text)
    {
        for (var behind = 0; behind < Step && text.Length >= behind + Step; behind++)
        {
            var separator = text.Length - 1 - behind;
            if (IsSeparator(text[separator]))
            {
                // Only a printable character can begin a value; so words of two letters need not wait.
                return text[separator - 2] is >= '2' and <= '7' && IsPair(text, separator - 2);
            }

            if (!char.IsAsciiHexDigit(text[separator]))
            {
                return false;
            }
        }

        return false;
    }

    private static int ReadRun(in ViewSource source, int start, DecodedBytes bytes)
    {
        var text = source.Text;
        var end = start + 2;
        var pairs = 1;
        while (end < text.Length && IsSeparator(text[end]) && text[end] == text[start + 2] && IsPair(text, end + 1))
        {
            end += Step;
            pairs++;
        }

        var open = !source.IsFinal && MayGoOn(text, start, end);
        if (pairs >= TextViewLimits.MinDecoded)
        {
            var prefixFrom = Math.Max(0, start - TextViewLimits.MaxPrefix);
            bytes.Begin(source, prefixFrom, start, source.IsStart && prefixFrom == 0);
            for (var at = start; at < end; at += Step)
            {
                bytes.Take((ValueOf(text[at]) << 4) | ValueOf(text[at + 1]), source.StartOf(at), source.EndOf(at + 1), isTelling: true);
            }

            bytes.End(open);
        }
        else if (open)
        {
            bytes.Hold(source.StartOf(start));
        }

        return end;
    }

    /// <summary>Whether the text ends before it is certain that no pair follows.</summary>
    private static bool MayGoOn(ReadOnlySpan<char> text, int start, int end)
    {
        var rest = text[end..];
        return rest.IsEmpty
            || (IsSeparator(rest[0]) && rest[0] == text[start + 2] && (rest.Length == 1 || (rest.Length <= Step && !rest[1..].ContainsAnyExcept(Digits))));
    }

    private static int RunStart(ReadOnlySpan<char> text, int at)
    {
        // The last pair, or half of it, may stand right before.
        var end = at;
        while (at > 0 && end - at < 2 && char.IsAsciiHexDigit(text[at - 1]))
        {
            at--;
        }

        while (at >= Step && IsSeparator(text[at - 1]) && IsPair(text, at - Step))
        {
            at -= Step;
        }

        return at;
    }

    private static bool IsPair(ReadOnlySpan<char> text, int at) =>
        at + 1 < text.Length && char.IsAsciiHexDigit(text[at]) && char.IsAsciiHexDigit(text[at + 1])
        && (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1]))
        && (at + 2 >= text.Length || !char.IsAsciiLetterOrDigit(text[at + 2]));

    private static int ValueOf(char c) => DigitAlphabet.Hexadecimal.ValueOf(c);

    private static bool IsSeparator(char c) => c is ' ' or ':' or '-' or ',';

    private static System.Buffers.SearchValues<char> Digits { get; } = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");
}
