using System.Buffers;

namespace EdgeFilter.Detection.Normalization.Facts;

/// <summary>Reports each control that changes the order in which text is shown.</summary>
internal sealed class BidiControlRecogniser(DetectorInfo detector) : IRecogniser
{
    private static readonly SearchValues<char> Controls =
        SearchValues.Create("\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    public Reach Reach => new(0, 1, 0);

    public void Recognise(in TextWindow window, FindingCollector findings)
    {
        var text = window.Text;
        for (var at = window.From; at < text.Length; at++)
        {
            var next = text[at..].IndexOfAny(Controls);
            if (next < 0)
            {
                return;
            }

            at += next;
            findings.Add(detector, at, 1, Confidence.StrictPatternAndContext);
        }
    }
}
