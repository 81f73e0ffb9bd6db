namespace EdgeFilter.Detection;

/// <summary>Collects what recognisers report about one window. Reused; not thread-safe.</summary>
public sealed class FindingCollector
{
    private readonly List<Finding> findings = [];
    private FindingCollector? scratch;
    private Normalization.ViewInspection? views;
    private Headings.TextHeadings? headings;

    /// <summary>The earliest beginning of a match that can't be decided yet; <see cref="int.MaxValue"/> when all is decided.</summary>
    public int HeldFrom { get; private set; } = int.MaxValue;

    public int Count => findings.Count;

    public ReadOnlySpan<Finding> Findings => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(findings);

    public void Add(DetectorInfo detector, int start, int length, float confidence, TextViewKind view = TextViewKind.Original) =>
        findings.Add(new Finding(detector, new TextSpan(start, length), confidence, view));

    public void Add(in Finding finding) => findings.Add(finding);

    /// <summary>Says that a match which begins at <paramref name="start"/> may still come true or change with text to come.</summary>
    public void Hold(int start)
    {
        if (start < HeldFrom)
        {
            HeldFrom = start;
        }
    }

    /// <summary>A collector for what is found in another view, kept because this one is reused.</summary>
    internal FindingCollector Scratch => scratch ??= new FindingCollector();

    /// <summary>Looks at the other ways to read a text, kept for the next one.</summary>
    internal Normalization.ViewInspection Views => views ??= new Normalization.ViewInspection(this);

    /// <summary>Room for what a recogniser reads of headings, kept for the next text.</summary>
    internal Headings.TextHeadings Headings => headings ??= new Headings.TextHeadings();

    /// <summary>Forgets what was added after there were this many.</summary>
    internal void Truncate(int count) => findings.RemoveRange(count, findings.Count - count);

    public void Clear()
    {
        findings.Clear();
        HeldFrom = int.MaxValue;
    }

    internal List<Finding> List => findings;

    /// <summary>Scratch of <see cref="Overlaps"/>: the findings that have not ended yet.</summary>
    internal List<int> OpenSpans { get; } = [];
}
