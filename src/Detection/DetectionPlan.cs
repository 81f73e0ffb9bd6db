using EdgeFilter.Detection.Normalization;

namespace EdgeFilter.Detection;

/// <summary>
/// The recognisers that a set of rules asks for, run in one pass over a text and over every other way to read it.
/// Immutable and safe for concurrent use.
/// </summary>
public sealed class DetectionPlan
{
    private readonly IRecogniser[] recognisers;

    public DetectionPlan(IReadOnlyList<IRecogniser> recognisers)
    {
        this.recognisers = [.. recognisers];
        Reach = this.recognisers.Aggregate(default(Reach), (reach, r) => reach.Union(r.Reach));
    }

    public static DetectionPlan Empty { get; } = new([]);

    public bool IsEmpty => recognisers.Length == 0;

    /// <summary>The widest reach of any recogniser.</summary>
    public Reach Reach { get; }

    /// <summary>Judges a whole text.</summary>
    /// <param name="text">The text as its reader would see it, after JSON unescaping.</param>
    /// <param name="findings">Cleared, then filled: ordered by place, overlaps resolved.</param>
    public void Inspect(ReadOnlySpan<char> text, FindingCollector findings) =>
        Inspect(new TextWindow(text), findings);

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
        Overlaps.Resolve(findings);
    }
}
