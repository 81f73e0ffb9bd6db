namespace EdgeFilter.Detection.Normalization.Facts;

/// <summary>Reports where readable text stands in base64, base32 or hexadecimal digits, whatever it says.</summary>
internal sealed class EncodedTextRecogniser(DetectorInfo detector) : IRecogniser
{
    private const int MinBytes = 24;
    private const int MaxLength = 512;

    // A line of wrapped base64, and then some.
    private const int Before = TextViewLimits.Margin;

    public Reach Reach => new(Before, MaxLength, 8);

    public void Recognise(in TextWindow window, FindingCollector findings)
    {
        var start = Math.Max(0, window.From - Before);
        var text = window.Text[start..];
        if (!window.IsFinal)
        {
            var tail = start + RotatedTokens.TailStart(text);
            if (tail < window.Text.Length)
            {
                findings.Hold(Math.Max(window.From, tail));
            }
        }

        var run = TextScan.FirstRun(text);
        if (run >= 0)
        {
            var source = new ViewSource(text, start, window.IsStart && start == 0, window.IsFinal);
            EncodedRuns.Read(source, run, new Sink(detector, findings, window.From));
        }
    }

    private sealed class Sink(DetectorInfo detector, FindingCollector findings, int from) : IFragmentSink
    {
        public void Hold(int original) => findings.Hold(Math.Max(from, original));

        public void Judge(ViewText fragment)
        {
            var first = fragment.PrefixLength;
            var begins = fragment.PrefixLength > 0 || fragment.IsStart;
            var start = fragment.Starts[first];
            if (!begins || start < from)
            {
                return;
            }

            var limit = fragment.IndexOf(start + MaxLength);
            if (limit == fragment.Length && !fragment.IsFinal)
            {
                findings.Hold(start);
            }
            else if (limit - first >= MinBytes)
            {
                findings.Add(detector, start, fragment.Ends[limit - 1] - start, Confidence.StrictPattern);
            }
        }
    }
}
