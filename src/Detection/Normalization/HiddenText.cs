namespace EdgeFilter.Detection.Normalization;

/// <summary>
/// Text that shows nothing on a screen and that models read all the same: runs of tag characters, each of which stands for an
/// ASCII character, and runs of variation selectors, each of which can stand for a byte.
/// </summary>
internal static class HiddenText
{
    // Both kinds begin with a unit in this range, and little else does.
    private const char First = (char)0xDB40;
    private const char Last = (char)0xFE0F;

    public static void Read(in ViewSource source, IFragmentSink sink)
    {
        var text = source.Text;
        var at = text.IndexOfAnyInRange(First, Last);
        if (at < 0)
        {
            return;
        }

        using var fragment = new ViewText(64);
        var bytes = new DecodedBytes(fragment, sink);
        while (at < text.Length)
        {
            var codePoint = CharTable.CodePointAt(text, at, out var length);
            if (CharTable.IsTag(codePoint))
            {
                at = ReadTags(source, at, fragment, sink);
            }
            else if (CharTable.IsVariationSelector(codePoint))
            {
                at = ReadSelectors(source, at, bytes);
            }
            else
            {
                var next = text[(at + length)..].IndexOfAnyInRange(First, Last);
                at = next < 0 ? text.Length : at + length + next;
            }
        }
    }

    private static int ReadTags(in ViewSource source, int at, ViewText fragment, IFragmentSink sink)
    {
        fragment.Clear();
        fragment.IsStart = at > 0 || source.IsStart;
        fragment.PrefixLength = 0;
        if (at > 0 && !char.IsLetterOrDigit(source.Text[at - 1]))
        {
            // Read with what stands before, unless that would join two words.
            fragment.PrefixLength = Math.Min(at, TextViewLimits.MaxPrefix);
            fragment.IsStart = fragment.PrefixLength == at && source.IsStart;
            fragment.Append(source, at - fragment.PrefixLength, at);
        }

        while (at < source.Text.Length)
        {
            var codePoint = CharTable.CodePointAt(source.Text, at, out var length);
            if (!CharTable.IsTag(codePoint))
            {
                break;
            }

            fragment.Append((char)(codePoint - 0xE0000), source.StartOf(at), source.EndOf(at + length - 1));
            at += length;
        }

        fragment.IsFinal = source.IsFinal || IsDecided(source.Text, at);
        sink.Judge(fragment);
        return at;
    }

    private static int ReadSelectors(in ViewSource source, int at, DecodedBytes bytes)
    {
        bytes.Begin(at > 0 || source.IsStart, isRunStart: true);
        while (at < source.Text.Length)
        {
            var codePoint = CharTable.CodePointAt(source.Text, at, out var length);
            if (!CharTable.IsVariationSelector(codePoint))
            {
                break;
            }

            var value = codePoint < 0xE0100 ? codePoint - 0xFE00 : codePoint - 0xE0100 + 16;
            bytes.Take(value, source.StartOf(at), source.EndOf(at + length - 1), isTelling: true);
            at += length;
        }

        bytes.End(open: !source.IsFinal && !IsDecided(source.Text, at));
        return at;
    }

    // Half a character at the end may become another one of the run.
    private static bool IsDecided(ReadOnlySpan<char> text, int at) =>
        at < text.Length && !(at + 1 == text.Length && char.IsHighSurrogate(text[at]));
}
