namespace EdgeFilter.Detection.Normalization;

/// <summary>Reads a window in every other way that a model could read it, and runs the recognisers over each.</summary>
internal static class TextViews
{
    // Enough for text in which few characters are escaped or hidden; dense text is read again with more.
    private const int MoreContext = 4;

    /// <summary>Adds what the recognisers find in the normalised and decoded forms of the window, mapped to its own offsets.</summary>
    public static void Inspect(IRecogniser[] recognisers, Reach reach, in TextWindow window, FindingCollector findings)
    {
        var text = window.Text;
        var context = reach.Before + (2 * TextViewLimits.Margin);
        var start = Math.Max(0, window.From - context);
        if (text.Length == start || !NeedsViews(text[start..], window.IsFinal, window.From, start, findings))
        {
            return;
        }

        var inspection = findings.Views;
        var found = findings.Count;
        while (true)
        {
            var source = new ViewSource(text[start..], start, window.IsStart && start == 0, window.IsFinal);
            inspection.Inspect(recognisers, reach, source, window.From);
            if (inspection.HasEnoughContext || start == 0)
            {
                return;
            }

            findings.Truncate(found);
            context *= MoreContext;
            start = Math.Max(0, window.From - context);
        }
    }

    private static bool NeedsViews(ReadOnlySpan<char> text, bool isFinal, int from, int start, FindingCollector findings)
    {
        if (TextScan.Scan(text).Any || RotatedTokens.HasMark(text))
        {
            return true;
        }

        if (isFinal)
        {
            return false;
        }

        if (SeparatedView.MayBegin(text) || SpacedHex.MayBegin(text)
            || text[^Math.Min(text.Length, TextViewLimits.MaxEscape)..].IndexOfAny(['%', '&', '\\', '=']) >= 0)
        {
            return true;
        }

        var tail = RotatedTokens.TailStart(text);
        if (tail < text.Length)
        {
            findings.Hold(Math.Max(from, start + tail));
        }

        return false;
    }
}
