namespace EdgeFilter.Detection.Normalization;

/// <summary>
/// The text with its spelled-out parts joined: <c>4 1 1 1 …</c>, <c>s.k.-.l.i.v.e</c>, <c>p - a - s - s</c>.
/// </summary>
internal static class SeparatedView
{
    /// <summary>Null when nothing is spelled out.</summary>
    /// <param name="source">The text, normalised.</param>
    /// <param name="from">Nothing spelled out begins before this index.</param>
    /// <param name="keepBetweenKinds">Keeps what separates a letter from a figure: "a 4 1 1 1" has a word in front.</param>
    /// <param name="hasBoth">Whether the other value of <paramref name="keepBetweenKinds"/> gives another view.</param>
    public static ViewText? Build(in ViewSource source, int from, bool keepBetweenKinds, out bool hasBoth)
    {
        var chains = new SeparatorChains(source.Text, source.IsFinal, from);
        try
        {
            chains.Find();
            hasBoth = chains.HasMixed;
            return chains.IsEmpty ? null : Write(source, chains, keepBetweenKinds);
        }
        finally
        {
            chains.Dispose();
        }
    }

    /// <summary>
    /// True when what ends an incomplete text may be the beginning of something spelled out: a single character, then what
    /// could separate it from the next.
    /// </summary>
    public static bool MayBegin(ReadOnlySpan<char> text)
    {
        for (var at = Math.Max(0, text.Length - 6); at < text.Length; at++)
        {
            if (SeparatorChains.IsSingle(text, at) && (at + 1 == text.Length || SeparatorChains.IsSeparator(text[at + 1])))
            {
                return true;
            }
        }

        return false;
    }

    private static ViewText Write(in ViewSource source, in SeparatorChains chains, bool keepBetweenKinds)
    {
        var end = Math.Min(chains.Cut, source.Text.Length);
        var view = new ViewText(end) { IsStart = source.IsStart, IsFinal = source.IsFinal && end == source.Text.Length };
        var copied = 0;
        for (var at = 0; at < end; at++)
        {
            var mark = chains.MarkAt(at);
            if (mark == SeparatorChains.Removed || (mark == SeparatorChains.RemovedBetweenKinds && !keepBetweenKinds))
            {
                view.Append(source, copied, at);
                view.MarkChange();
                copied = at + 1;
            }
        }

        view.Append(source, copied, end);
        if (end < source.Text.Length)
        {
            view.MarkChange();
            view.Horizon = source.StartOf(end);
        }

        return view;
    }
}
