namespace EdgeFilter.Detection.Patterns;

/// <summary>One detector made from regular expressions of a policy's author, with words near by that speak for a match.</summary>
public sealed class PatternFamily : IDetectorFamily
{
    private readonly LinearPattern[] patterns;
    private readonly string[] context;

    /// <param name="detector">What a match is reported as.</param>
    /// <param name="patterns">The expressions; none may match the empty text.</param>
    /// <param name="context">Words near by that make a match likely; empty: a match is likely by itself.</param>
    public PatternFamily(DetectorInfo detector, IEnumerable<LinearPattern> patterns, IEnumerable<string> context)
    {
        Detectors = [detector];
        this.patterns = [.. patterns];
        this.context = [.. context];
    }

    public IReadOnlyList<DetectorInfo> Detectors { get; }

    public IRecogniser Compile(IReadOnlyCollection<DetectorInfo> wanted)
    {
        var each = patterns.Select(p => new PatternRecogniser(Detectors[0], p, context)).ToArray();
        return each.Length == 1 ? each[0] : new RecogniserSequence(each);
    }

    private sealed class RecogniserSequence(IRecogniser[] parts) : IRecogniser
    {
        public Reach Reach { get; } = parts.Aggregate(default(Reach), (reach, r) => reach.Union(r.Reach));

        public void Recognise(in TextWindow window, FindingCollector findings)
        {
            foreach (var part in parts)
            {
                part.Recognise(window, findings);
            }
        }
    }
}
