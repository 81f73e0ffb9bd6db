using EdgeFilter.Detection.Headings;
using EdgeFilter.Detection.Normalization;

namespace EdgeFilter.Detection;

/// <summary>
/// The recognisers that a set of rules asks for, run in one pass over a text and over every other way to read it.
/// Immutable and safe for concurrent use.
/// </summary>
public sealed class DetectionPlan
{
    private readonly IRecogniser[] recognisers;
    private readonly IOverlapPreference? preference;

    public DetectionPlan(IReadOnlyList<IRecogniser> recognisers)
        : this([.. recognisers], null)
    {
    }

    private DetectionPlan(IRecogniser[] recognisers, IOverlapPreference? preference)
    {
        this.recognisers = recognisers;
        this.preference = preference;
        Reach = recognisers.Aggregate(default(Reach), (reach, r) => reach.Union(r.Reach));
    }

    public static DetectionPlan Empty { get; } = new([]);

    public bool IsEmpty => recognisers.Length == 0;

    /// <summary>The widest reach of any recogniser.</summary>
    public Reach Reach { get; }

    /// <summary>The same plan, asking <paramref name="overlaps"/> before a finding of one detector makes another one's superfluous.</summary>
    public DetectionPlan With(IOverlapPreference overlaps) => new(recognisers, overlaps);

    /// <summary>Judges a whole text.</summary>
    /// <param name="text">The text as its reader would see it, after JSON unescaping.</param>
    /// <param name="findings">Cleared, then filled: ordered by place, overlaps resolved.</param>
    public void Inspect(ReadOnlySpan<char> text, FindingCollector findings) =>
        Inspect(new TextWindow(text) { Headings = TextHeadings.AtStart }, findings);

    /// <summary>Judges a window of a longer text; see <see cref="TextWindow"/> for what that promises.</summary>
    public void Inspect(in TextWindow window, FindingCollector findings)
    {
        findings.Clear();
        if (recognisers.Length == 0)
        {
            return;
        }

        foreach (var recogniser in recognisers)
        {
            recogniser.Recognise(window, findings);
        }

        TextViews.Inspect(recognisers, Reach, window, findings);
        Overlaps.Resolve(findings, preference);
    }

    /// <summary>True when <paramref name="other"/> makes <paramref name="finding"/> superfluous.</summary>
    internal bool Drops(in Finding finding, in Finding other) => Overlaps.Beats(other, finding, preference);
}
