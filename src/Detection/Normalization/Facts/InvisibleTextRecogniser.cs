using System.Buffers;

namespace EdgeFilter.Detection.Normalization.Facts;

/// <summary>Reports runs of characters that show nothing, where no script and no emoji needs them.</summary>
/// <remarks>
/// A run is one finding up to <see cref="MaxRun"/> code units; beyond, each character is a finding of its own, because where the
/// run began may be out of sight by then.
/// </remarks>
internal sealed class InvisibleTextRecogniser(DetectorInfo detector) : IRecogniser
{
    private const int MaxRun = 128;
    private const int Near = 4;
    private const int BlackFlag = 0x1F3F4;
    private const int MaxFlagTags = 16;
    private const char Joiner = '\u200D';
    private const char EmojiStyle = '\uFE0F';
    private const char SoftHyphen = '\u00AD';

    // The units with which an invisible character may begin: all format characters and controls, and the surrogate of the tags.
    private static readonly SearchValues<char> Candidates = SearchValues.Create(
        [(char)0xDB40, .. Enumerable.Range(0, 0xD800).Concat(Enumerable.Range(0xE000, 0x2000)).Where(IsInvisible).Select(c => (char)c)]);

    public Reach Reach => new(MaxRun + 2, MaxRun, 2);

    public void Recognise(in TextWindow window, FindingCollector findings)
    {
        for (var at = Next(window.Text, window.From); at >= 0; at = Next(window.Text, at))
        {
            at = Judge(window, at, findings);
        }

        HoldHalf(window, findings);
    }

    /// <summary>The next invisible character; -1 without one.</summary>
    private static int Next(ReadOnlySpan<char> text, int from)
    {
        // Where one stands another is often near: a few places are looked at one by one.
        var near = Math.Min(text.Length, from + Near);
        for (var at = from; at < near; at++)
        {
            if (LengthAt(text, at) > 0)
            {
                return at;
            }
        }

        for (var at = near; at < text.Length; at++)
        {
            var next = text[at..].IndexOfAny(Candidates);
            if (next < 0)
            {
                return -1;
            }

            at += next;
            if (LengthAt(text, at) > 0)
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Judges the invisible characters from an index on and returns where they end.</summary>
    private int Judge(in TextWindow window, int at, FindingCollector findings)
    {
        var text = window.Text;
        var end = RunEnd(text, at);
        var start = RunStart(text, at);
        if (start < at)
        {
            // The run began before what is judged now.
            if (end - start > MaxRun)
            {
                ReportEach(text, Math.Max(at, PieceEnd(text, start)), end, findings);
            }

            return end;
        }

        var isOpen = !window.IsFinal && (end == text.Length || IsHalf(text, end));
        if (end - start > MaxRun)
        {
            findings.Add(detector, start, PieceEnd(text, start) - start, Confidence.StrictPatternAndContext);
            ReportEach(text, PieceEnd(text, start), end, findings);
        }
        else if (isOpen)
        {
            findings.Hold(start);
        }
        else if (IsSuspicious(text, start, end, window.IsStart))
        {
            var single = end - start == LengthAt(text, start);
            findings.Add(detector, start, end - start, single ? Confidence.StrictPattern : Confidence.StrictPatternAndContext);
        }

        return end;
    }

    private void ReportEach(ReadOnlySpan<char> text, int from, int end, FindingCollector findings)
    {
        for (var at = from; at < end;)
        {
            var length = Math.Max(1, LengthAt(text, at));
            findings.Add(detector, at, length, Confidence.StrictPatternAndContext);
            at += length;
        }
    }

    private static bool IsSuspicious(ReadOnlySpan<char> text, int start, int end, bool isStart)
    {
        var first = CharTable.CodePointAt(text, start, out var length);
        if (start + length < end)
        {
            var isEmoji = end - start == 2 && first == EmojiStyle && text[start + 1] == Joiner;
            var isFlag = start >= 2 && end - start <= MaxFlagTags && first >= 0xE0000
                && CharTable.CodePointAt(text, start - 2, out _) == BlackFlag;
            return !isEmoji && !isFlag;
        }

        if (first == '\uFEFF' && start == 0 && isStart)
        {
            return false;
        }

        // One alone matters where it splits what belongs together.
        var before = start > 0 ? text[start - 1] : ' ';
        var after = end < text.Length ? text[end] : ' ';
        return CharTable.IsTag(first) || (first == SoftHyphen
            ? char.IsAsciiDigit(before) && char.IsAsciiDigit(after)
            : char.IsAsciiLetterOrDigit(before) && char.IsAsciiLetterOrDigit(after));
    }

    /// <summary>Where the run that holds an index begins, or <see cref="MaxRun"/> before it when that is out of reach.</summary>
    private static int RunStart(ReadOnlySpan<char> text, int at)
    {
        var start = at;
        while (start > 0 && at - start < MaxRun)
        {
            var previous = char.IsLowSurrogate(text[start - 1]) && start > 1 ? start - 2 : start - 1;
            var length = LengthAt(text, previous);
            if (length == 0 || previous + length != start)
            {
                break;
            }

            start = previous;
        }

        return start;
    }

    private static int RunEnd(ReadOnlySpan<char> text, int at)
    {
        for (var length = LengthAt(text, at); length > 0; length = at < text.Length ? LengthAt(text, at) : 0)
        {
            at += length;
        }

        return at;
    }

    private static int PieceEnd(ReadOnlySpan<char> text, int start)
    {
        // Never half of a surrogate pair.
        var end = start + MaxRun;
        return char.IsLowSurrogate(text[end]) && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;
    }

    private static int LengthAt(ReadOnlySpan<char> text, int at)
    {
        var codePoint = CharTable.CodePointAt(text, at, out var length);
        return IsInvisible(codePoint) ? length : 0;
    }

    private static bool IsInvisible(int codePoint) =>
        CharTable.KindOf(codePoint) == CharKind.Invisible && !CharTable.IsBidiControl(codePoint);

    private static bool IsHalf(ReadOnlySpan<char> text, int at) => at + 1 == text.Length && char.IsHighSurrogate(text[at]);

    private static void HoldHalf(in TextWindow window, FindingCollector findings)
    {
        var last = window.Text.Length - 1;
        if (!window.IsFinal && last >= window.From && char.IsHighSurrogate(window.Text[last]))
        {
            findings.Hold(last);
        }
    }
}
