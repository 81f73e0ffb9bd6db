namespace EdgeFilter.Detection.Terms;

/// <summary>How the terms of a dictionary are compared with a text.</summary>
public sealed record DictionaryOptions
{
    /// <summary>Capitals equal small letters, in every script that has them.</summary>
    /// <value>The default is <c>true</c>.</value>
    public bool IgnoreCase { get; init; } = true;

    /// <summary>Latin letters equal those without diacritics, and combining marks are passed over.</summary>
    /// <value>The default is <c>false</c>.</value>
    public bool IgnoreDiacritics { get; init; }

    /// <summary>
    /// A term must begin and end where a word does. In scripts without spaces (Chinese, Japanese, Thai …) and in Korean, which joins
    /// particles to words, every character begins and ends one.
    /// </summary>
    /// <value>The default is <c>true</c>.</value>
    public bool WholeWords { get; init; } = true;

    /// <summary>Figures and signs equal the letters they are written for: <c>h4ck3r</c>, <c>p@$$w0rd</c>.</summary>
    /// <value>The default is <c>false</c>.</value>
    public bool Leetspeak { get; init; }

    /// <summary>What a match is worth.</summary>
    /// <value>One of <see cref="Detection.Confidence"/>; the default is that of a strict pattern.</value>
    public float Confidence { get; init; } = Detection.Confidence.StrictPattern;
}
