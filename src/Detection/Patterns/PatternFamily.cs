namespace EdgeFilter.Detection.Patterns;

/// <summary>One detector made from a regular expression of a policy's author, with words near by that speak for a match.</summary>
public sealed class PatternFamily : IDetectorFamily
{
    private readonly LinearPattern pattern;
    private readonly string[] context;

    /// <param name="detector">What a match is reported as.</param>
    /// <param name="pattern">The expression; it must not match the empty text.</param>
    /// <param name="context">Words near by that make a match likely; empty: a match is likely by itself.</param>
    public PatternFamily(DetectorInfo detector, LinearPattern pattern, IEnumerable<string> context)
    {
        Detectors = [detector];
        this.pattern = pattern;
        this.context = [.. context];
    }

    public IReadOnlyList<DetectorInfo> Detectors { get; }

    public IRecogniser Compile(IReadOnlyCollection<DetectorInfo> wanted) => new PatternRecogniser(Detectors[0], pattern, context);
}
