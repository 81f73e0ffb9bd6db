namespace EdgeFilter.Detection.Normalization;

/// <summary>
/// Runs recognisers over the views of a window, and over the views of what those reveal, and maps what they say to the window's
/// own offsets.
/// </summary>
internal sealed class ViewInspection(FindingCollector findings) : IFragmentSink
{
    private readonly FindingCollector scratch = findings.Scratch;
    private IRecogniser[] recognisers = [];
    private Reach reach;
    private int depth;

    // Original offsets: matches count from here on; and where a view that begins at a cut edge can be believed.
    private int from;
    private int trustedFrom;

    /// <summary>False when a view showed fewer characters before the judged part than the recognisers look back.</summary>
    public bool HasEnoughContext { get; private set; } = true;

    /// <summary>Judges every view of a text that was itself judged already.</summary>
    public void Inspect(IRecogniser[] wanted, Reach widest, in ViewSource source, int judgeFrom)
    {
        recognisers = wanted;
        reach = widest;
        depth = 0;
        from = judgeFrom;
        HasEnoughContext = true;
        Read(source, TextScan.Scan(source.Text));
    }

    void IFragmentSink.Hold(int original) => findings.Hold(Math.Max(original, from));

    void IFragmentSink.Judge(ViewText fragment)
    {
        if (fragment.Length == fragment.PrefixLength)
        {
            return;
        }

        if (fragment.Starts[0] < trustedFrom)
        {
            fragment.IsStart = false;
        }

        fragment.MarkAllChanged();
        var outer = (depth, from, trustedFrom);
        from = Math.Max(from, fragment.Starts[fragment.PrefixLength]);
        depth++;
        Run(fragment, TextViewKind.Decoded);
        if (depth < TextViewLimits.MaxDepth && !fragment.IsInnermost)
        {
            Read(fragment.AsSource(), TextScan.Scan(fragment.Text));
        }

        (depth, from, trustedFrom) = outer;
    }

    private void Read(in ViewSource source, in TextInterests seen)
    {
        trustedFrom = source.IsStart ? 0 : source.StartOf(Math.Min(TextViewLimits.Margin, source.Text.Length - 1));
        if (seen.NotAscii)
        {
            HiddenText.Read(source, this);
        }

        using var normalised = seen.NotAscii || seen.FirstEscape >= 0 || EndsInEscape(source) ? NormalisedView.Build(source) : null;
        if (normalised is null)
        {
            ReadPlain(source, seen);
            return;
        }

        Judge(normalised);
        if (normalised.Length > 0)
        {
            ReadPlain(normalised.AsSource(), TextScan.Scan(normalised.Text));
        }
    }

    /// <summary>Looks for what a normalised text spells out or encodes.</summary>
    private void ReadPlain(in ViewSource source, in TextInterests seen)
    {
        if (!source.IsFinal)
        {
            var tail = RotatedTokens.TailStart(source.Text);
            if (tail < source.Text.Length)
            {
                findings.Hold(Math.Max(from, source.StartOf(tail)));
            }
        }

        var separated = seen.FirstSeparated >= 0 ? seen.FirstSeparated : int.MaxValue;
        if (!source.IsFinal && SeparatedView.MayBegin(source.Text))
        {
            separated = Math.Min(separated, source.Text.Length);
        }

        if (separated < int.MaxValue)
        {
            ReadSeparated(source, Math.Max(0, separated - MaxChainBefore));
        }

        if (seen.FirstPairs >= 0 || (!source.IsFinal && SpacedHex.MayBegin(source.Text)))
        {
            SpacedHex.Read(source, seen.FirstPairs >= 0 ? seen.FirstPairs : source.Text.Length, this);
        }

        if (seen.FirstRun >= 0)
        {
            EncodedRuns.Read(source, seen.FirstRun, this);
        }

        RotatedTokens.Read(source, this);
    }

    // Six elements and their separators.
    private const int MaxChainBefore = 32;

    private void ReadSeparated(in ViewSource source, int chainsFrom)
    {
        using var joined = SeparatedView.Build(source, chainsFrom, keepBetweenKinds: false, out var hasBoth);
        if (joined is null)
        {
            return;
        }

        Judge(joined);
        var run = TextScan.FirstRun(joined.Text);
        if (run >= 0)
        {
            EncodedRuns.Read(joined.AsSource(), run, this);
        }

        if (hasBoth)
        {
            using var apart = SeparatedView.Build(source, chainsFrom, keepBetweenKinds: true, out _);
            Judge(apart!);
        }
    }

    private void Judge(ViewText view)
    {
        if (view.Horizon < int.MaxValue)
        {
            findings.Hold(Math.Max(from, view.Horizon));
        }

        Run(view, depth == 0 ? TextViewKind.Normalised : TextViewKind.Decoded);
    }

    private void Run(ViewText view, TextViewKind kind)
    {
        var viewFrom = Math.Max(view.PrefixLength, view.IndexOf(from));
        if (!view.IsStart && viewFrom < reach.Before + TextViewLimits.Margin)
        {
            HasEnoughContext = false;
        }

        foreach (var recogniser in recognisers)
        {
            Run(recogniser, view, viewFrom, kind);
        }
    }

    /// <summary>Runs one recogniser over as much of the view as what changed can matter to.</summary>
    private void Run(IRecogniser recogniser, ViewText view, int viewFrom, TextViewKind kind)
    {
        var r = recogniser.Reach;
        var judgeFrom = Math.Max(viewFrom, view.FirstChange - r.HoldBack);
        var start = Math.Max(0, judgeFrom - r.Before);
        var end = (int)Math.Min(view.Length, (long)view.LastChange + r.Before + r.HoldBack);
        if (judgeFrom >= end)
        {
            return;
        }

        scratch.Clear();
        var whole = end == view.Length;
        var window = new TextWindow(
            view.Text[start..end], judgeFrom - start, isStart: view.IsStart && start == 0, isFinal: view.IsFinal && whole);
        recogniser.Recognise(window, scratch);
        foreach (ref readonly var found in scratch.Findings)
        {
            var first = start + found.Span.Start;
            var place = TextSpan.FromBounds(view.Starts[first], view.Ends[first + found.Span.Length - 1]);
            findings.Add(found with { Span = place, View = kind });
        }

        // Where the view goes on behind the slice, nothing that matters is open.
        if (whole && start + scratch.HeldFrom < view.Length && scratch.HeldFrom < int.MaxValue)
        {
            findings.Hold(Math.Max(from, view.Starts[start + scratch.HeldFrom]));
        }
    }

    // The scan sees an escape by the character behind its first one; at the end there may be none yet.
    private static bool EndsInEscape(in ViewSource source) =>
        !source.IsFinal && source.Text[^Math.Min(source.Text.Length, TextViewLimits.MaxEscape)..].IndexOfAny(['%', '&', '\\', '=']) >= 0;
}
