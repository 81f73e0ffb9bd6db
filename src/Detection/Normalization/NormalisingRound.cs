using System.Buffers;

namespace EdgeFilter.Detection.Normalization;

/// <summary>One pass of <see cref="NormalisedView"/>. What an escape reveals is looked at by the next one.</summary>
internal ref struct NormalisingRound
{
    // All that can change is not ASCII, begins an escape, or is a control character.
    private static readonly SearchValues<char> Unchanging = SearchValues.Create(
        [.. Enumerable.Range(0, 0x80).Select(c => (char)c).Where(c => c is not ('%' or '&' or '\\' or '=')
            && (!char.IsControl(c) || c is >= '\t' and <= '\r'))]);

    private readonly ViewSource source;
    private readonly ReadOnlySpan<char> text;
    private ViewText? view;
    private int copied;

    // Marks and invisible characters without a break before the current index.
    private int gap;
    private int gapEnd;
    private bool afterAscii;

    // Up to here nothing is telling about a look-alike or an accented letter; see IsTelling.
    private int quietForLookAlikes;
    private int quietForAccents;

    private NormalisingRound(in ViewSource source)
    {
        this.source = source;
        text = source.Text;
        gapEnd = -1;
    }

    /// <summary>Null when the text reads the same.</summary>
    public static ViewText? Run(in ViewSource source)
    {
        var round = new NormalisingRound(source);
        return round.Run();
    }

    private ViewText? Run()
    {
        for (var at = NextChanging(0); at < text.Length; at = NextChanging(at))
        {
            var length = text[at] < 0x80 ? ReadAscii(at) : ReadOther(at);
            if (length < 0)
            {
                return CutAt(at);
            }

            at += length;
        }

        if (view is not null)
        {
            view.Append(source, copied, text.Length);
            view.IsFinal = source.IsFinal;
        }

        return view;
    }

    /// <summary>The next character that may change. Most text is passed over here.</summary>
    private readonly int NextChanging(int at)
    {
        while (at < text.Length)
        {
            var c = text[at];
            if (c < 0x80)
            {
                // A lone space between two words of another alphabet isn't worth a vectorised search.
                if (c == ' ' && at + 1 < text.Length && text[at + 1] >= 0x80)
                {
                    at++;
                    continue;
                }

                var skip = text[at..].IndexOfAnyExcept(Unchanging);
                if (skip < 0)
                {
                    return text.Length;
                }

                at += skip;
                if (text[at] < 0x80)
                {
                    return at;
                }

                continue;
            }

            var kind = CharTable.KindOf(c);
            var stays = kind == CharKind.Plain ? !char.IsSurrogate(c) : kind == CharKind.LookAlike && at < quietForLookAlikes;
            if (!stays)
            {
                return at;
            }

            at++;
        }

        return at;
    }

    // Each of these returns how many characters it dealt with, or -1 when the text to come decides.
    private int ReadAscii(int at)
    {
        if (text[at] is not ('%' or '&' or '\\' or '='))
        {
            return ReadInvisible(at, 1);
        }

        var length = Escapes.Match(text, at, source.IsFinal, out var codePoint);
        if (length <= 0)
        {
            return length < 0 ? -1 : 1;
        }

        var start = source.StartOf(at);
        var end = source.EndOf(at + length - 1);
        if (end - start > TextViewLimits.MaxEscape)
        {
            return 1;
        }

        Replace(at, length);
        if (codePoint < 0x10000)
        {
            view!.Append((char)codePoint, start, end);
        }
        else
        {
            var offset = codePoint - 0x10000;
            view!.Append((char)(0xD800 + (offset >> 10)), start, end);
            view.Append((char)(0xDC00 + (offset & 0x3FF)), start, end);
        }

        return length;
    }

    private int ReadOther(int at)
    {
        var codePoint = CharTable.CodePointAt(text, at, out var length);
        if (length == 1 && char.IsHighSurrogate(text[at]) && at + 1 == text.Length && !source.IsFinal)
        {
            return -1;
        }

        switch (CharTable.KindOf(codePoint))
        {
            case CharKind.Invisible:
                return ReadInvisible(at, length);
            case CharKind.Mark:
                return ReadMark(at, length);
            case CharKind.Fold:
                return Fold(at, length, codePoint);
            case CharKind.Punctuation:
                return (at > 0 && IsVisible(text[at - 1])) || StandsApart(at) ? Fold(at, length, codePoint) : FoldBefore(IsVisible, at, length, codePoint);
            case CharKind.Dash:
                return at > 0 && IsWord(text[at - 1]) ? FoldBefore(IsWord, at, length, codePoint)
                    : StandsApart(at) ? Fold(at, length, codePoint)
                    : length;
            case CharKind.Space:
                return FoldBefore(MayFollowSpace, at, length, codePoint);
            case CharKind.LookAlike:
                return ReadLetter(at, length, codePoint, accented: false);
            case CharKind.Accented:
                return ReadLetter(at, length, codePoint, accented: true);
            default:
                return length;
        }
    }

    private int ReadInvisible(int at, int length)
    {
        ExtendGap(at, length);
        Replace(at, length);
        if (gap - length >= TextViewLimits.MaxGap)
        {
            view!.Append(' ', source.StartOf(at), source.EndOf(at + length - 1));
        }

        return length;
    }

    private int ReadMark(int at, int length)
    {
        ExtendGap(at, length);
        if (afterAscii && gap <= TextViewLimits.MaxGap)
        {
            Replace(at, length);
        }

        return length;
    }

    private void ExtendGap(int at, int length)
    {
        if (gapEnd != at)
        {
            gap = 0;
            afterAscii = at > 0 && text[at - 1] < 0x80;
        }

        gap += length;
        gapEnd = at + length;
    }

    private int FoldBefore(Func<char, bool> wanted, int at, int length, int codePoint)
    {
        if (at + length == text.Length)
        {
            return source.IsFinal ? length : -1;
        }

        return wanted(text[at + length]) ? Fold(at, length, codePoint) : length;
    }

    private int ReadLetter(int at, int length, int codePoint, bool accented)
    {
        if (at < (accented ? quietForAccents : quietForLookAlikes))
        {
            return length;
        }

        for (var i = at - 1; i >= 0 && i >= at - TextViewLimits.TokenNeighbourhood && !char.IsWhiteSpace(text[i]); i--)
        {
            if (IsTelling(text[i], accented))
            {
                return Fold(at, length, codePoint);
            }
        }

        var last = Math.Min(text.Length, at + length + TextViewLimits.TokenNeighbourhood);
        var behind = at + length;
        while (behind < last && !char.IsWhiteSpace(text[behind]))
        {
            if (IsTelling(text[behind], accented))
            {
                return Fold(at, length, codePoint);
            }

            behind++;
        }

        if (behind == text.Length && !source.IsFinal && behind < at + length + TextViewLimits.TokenNeighbourhood)
        {
            return -1;
        }

        // The token ends here: for its other letters the answer is the same.
        if (behind < last)
        {
            _ = accented ? quietForAccents = behind : quietForLookAlikes = behind;
        }

        return length;
    }

    private int Fold(int at, int length, int codePoint)
    {
        Span<char> one = stackalloc char[1];
        var start = source.StartOf(at);
        var end = source.EndOf(at + length - 1);
        var ascii = CharTable.AsciiOf(codePoint, one);
        Replace(at, length);
        for (var i = 0; i < ascii.Length; i++)
        {
            if (i > 0)
            {
                view!.MarkChange();
            }

            view!.Append(ascii[i], start, end);
        }

        return length;
    }

    /// <summary>Whether one character stands alone before, a blank away: spelled-out text.</summary>
    private readonly bool StandsApart(int at) =>
        at >= 2 && text[at - 1] == ' ' && IsVisible(text[at - 2]) && (at == 2 || text[at - 3] == ' ');

    // Before these marks French has a space of its own.
    private static bool MayFollowSpace(char c) => IsVisible(c) && c is not ('!' or '?' or ':' or ';');

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c);

    private static bool IsVisible(char c) => c is > ' ' and < '\u007f';

    private static bool IsTelling(char c, bool accented) =>
        accented ? char.IsAsciiDigit(c) || c is '_' or '@' : char.IsAsciiLetterOrDigit(c);

    /// <summary>Copies what stands before some characters and leaves them out.</summary>
    private void Replace(int at, int length)
    {
        view ??= new ViewText(text.Length + TextViewLimits.MaxGap) { IsStart = source.IsStart };
        view.Append(source, copied, at);
        view.MarkChange();
        copied = at + length;
    }

    private ViewText CutAt(int at)
    {
        Replace(at, 0);
        view!.IsFinal = false;
        view.Horizon = source.StartOf(at);
        return view;
    }
}
