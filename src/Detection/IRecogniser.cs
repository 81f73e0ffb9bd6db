namespace EdgeFilter.Detection;

/// <summary>
/// Looks for the matches of one or more detectors in a window of text. Immutable once compiled, safe for concurrent use,
/// linear in the length of the window, and allocation-free on text without candidates.
/// </summary>
public interface IRecogniser
{
    Reach Reach { get; }

    /// <summary>Reports every match that begins at or after <see cref="TextWindow.From"/>, and holds those still undecided.</summary>
    void Recognise(in TextWindow window, FindingCollector findings);
}

/// <summary>
/// A family of detectors that share one pass: identifiers, secrets, phone numbers … Asked for a subset, it compiles a recogniser
/// that does no work for the others.
/// </summary>
public interface IDetectorFamily
{
    IReadOnlyList<DetectorInfo> Detectors { get; }

    /// <param name="wanted">Members of <see cref="Detectors"/>; never empty.</param>
    IRecogniser Compile(IReadOnlyCollection<DetectorInfo> wanted);
}
