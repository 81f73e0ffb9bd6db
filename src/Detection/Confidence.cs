namespace EdgeFilter.Detection;

/// <summary>How sure a finding is, in the words that policies use (<c>at-least: likely</c>).</summary>
public enum ConfidenceLevel
{
    /// <summary>The shape fits and little else speaks for it.</summary>
    Possible,

    /// <summary>A checksum, a strict shape or a word near by speaks for it.</summary>
    Likely,

    /// <summary>Independent evidence agrees: checksum and context, or a checksum that chance hardly passes.</summary>
    Certain,
}

/// <summary>
/// The only confidences that rule-based detectors report, from strongest to weakest evidence.
/// Classifiers report their calibrated probability instead.
/// </summary>
public static class Confidence
{
    /// <summary>A checksum that fewer than 1 random string in 1,000 passes, or a weaker one with a context word.</summary>
    public const float ChecksumAndContext = 0.99f;

    /// <summary>A strong checksum without context (modulus 97, CRC-32, base58check).</summary>
    public const float StrongChecksum = 0.95f;

    /// <summary>A strict shape (fixed prefix, dates, ranges) with a context word.</summary>
    public const float StrictPatternAndContext = 0.85f;

    /// <summary>A checksum that about one random string in ten passes, without context.</summary>
    public const float Checksum = 0.75f;

    /// <summary>A strict shape alone.</summary>
    public const float StrictPattern = 0.65f;

    /// <summary>A weak shape with a context word.</summary>
    public const float WeakPatternAndContext = 0.6f;

    /// <summary>A weak shape alone, or a value whose unofficial or outdated checksum fails beside a context word.</summary>
    public const float WeakPattern = 0.3f;

    public const float LikelyFrom = 0.6f;
    public const float CertainFrom = 0.9f;

    public static ConfidenceLevel LevelOf(float confidence) => confidence switch
    {
        >= CertainFrom => ConfidenceLevel.Certain,
        >= LikelyFrom => ConfidenceLevel.Likely,
        _ => ConfidenceLevel.Possible,
    };
}
