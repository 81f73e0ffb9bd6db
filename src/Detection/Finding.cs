namespace EdgeFilter.Detection;

/// <summary>
/// What a detector reports: itself, a place and how sure it is. Never the text: that stays with whoever owns it.
/// </summary>
/// <param name="Detector">Who says so.</param>
/// <param name="Span">Where, in UTF-16 code units of the original text, whatever view it was seen through.</param>
/// <param name="Confidence">0 to 1; rule-based detectors use the steps of <see cref="Detection.Confidence"/>.</param>
/// <param name="View">How the text had to be read to see it.</param>
public readonly record struct Finding(DetectorInfo Detector, TextSpan Span, float Confidence, TextViewKind View = TextViewKind.Original)
{
    public string Entity => Detector.Entity;

    public ConfidenceLevel Level => Detection.Confidence.LevelOf(Confidence);
}

/// <summary>How a text was read.</summary>
public enum TextViewKind
{
    Original,

    /// <summary>Unicode-normalised, look-alikes folded, invisible characters removed, escapes undone.</summary>
    Normalised,

    /// <summary>An embedded encoding (base64, hex, rot13 …) was decoded.</summary>
    Decoded,
}
