using System.Text;
using EdgeFilter.Detection;
using EdgeFilter.Detection.Classifiers;
using EdgeFilter.Detection.Patterns;
using EdgeFilter.Policies.Combining;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Selection;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Tests;

/// <summary>A small world of detectors and models for tests of policies: predictable, and independent of the shipped ones.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    public static DetectorCatalog Catalog { get; } = new(
    [
        Detector("email", "EMAIL_ADDRESS", "contact", @"[a-z]+@[a-z]+\.[a-z]{2,4}"),
        Detector("card", "CREDIT_CARD", "card", @"\b\d{4} \d{4} \d{4} \d{4}\b"),
        Detector("es-nif", "ES_NIF", "national_id", @"\b\d{8}[A-Z]\b", "ES"),
        Detector("fr-nir", "FR_NIR", "national_id", @"\b[12]\d{12}\b", "FR"),
        Detector("url", "URL", "network", @"https?://[a-zA-Z0-9./?=#&_:@-]+"),
        Detector("markdown-image", "MARKDOWN_IMAGE", "network", @"!\[[a-z]*\]\([a-zA-Z0-9./?=#&_:@-]+\)"),
        Detector("markdown-link", "MARKDOWN_LINK", "network", @"\b[a-z]+\]\([a-zA-Z0-9./?=#&_:@-]+\)"),
        Detector("invisible-text", "INVISIBLE_TEXT", "text", "\u200b+"),
        Detector("encoded-text", "ENCODED_TEXT", "text", "[A-Z]{30,60}=="),
        Detector("github-pat", "SECRET", "secret", @"ghp_[a-z0-9]{8}"),
        Detector("aws-key", "SECRET", "secret", @"AKIA[A-Z0-9]{8}"),
    ]);

    public static IClassifierSource Classifiers { get; } = new FakeClassifiers(
        new WordClassifier("prompt-attack", ["attack"], "ignore all"),
        new WordClassifier("harm", ["hate", "violence"], "horrid"),
        new WordClassifier("language", ["en", "es"], "hola"));

    public static ValidationScope Scope(DateTimeOffset? now = null) => new(Catalog, Classifiers, new FixedClock(now ?? Now));

    public static PolicyReading Read(params (string Path, string Text)[] files) =>
        new PolicySetReader(Scope()).Read([.. files.Select(f => new SourceFile(f.Path, Encoding.UTF8.GetBytes(f.Text)))]);

    /// <summary>Reads one sound set, or fails with its problems.</summary>
    public static PolicySet Set(params string[] documents)
    {
        var reading = Read([.. documents.Select((d, i) => ($"{i}.yaml", d))]);
        Assert.True(reading.Set is not null, string.Join('\n', reading.Problems));
        return reading.Set!;
    }

    public static PolicySelector Selector(params string[] documents) => new(new CompiledSet(Set(documents), Scope()));

    private static PatternFamily Detector(string id, string entity, string category, string pattern, string country = "*") => new(
        new DetectorInfo { Id = id, Entity = entity, Category = category, Country = country, Name = id, Strength = DetectorStrength.Pattern },
        [LinearPattern.Parse(pattern)],
        []);
}

internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

internal sealed class FakeClassifiers(params ITextClassifier[] classifiers) : IClassifierSource
{
    public IEnumerable<string> Names => classifiers.Select(c => c.Name);

    public ITextClassifier? Find(string name) => Array.Find(classifiers, c => c.Name == name);
}

/// <summary>Scores 0.95 for its first label where a word stands, 0.1 otherwise.</summary>
internal sealed class WordClassifier(string name, string[] labels, string word) : ITextClassifier
{
    public string Name => name;

    public IReadOnlyList<string> Labels => labels;

    public int WindowLength => 1_000;

    public void Score(ReadOnlySpan<char> window, Span<float> scores)
    {
        scores.Fill(0.1f);
        scores[0] = window.Contains(word, StringComparison.OrdinalIgnoreCase) ? 0.95f : 0.1f;
    }

    public float? NamedThreshold(string label, string name) => name == "balanced" ? 0.7f : name == "strict" ? 0.9f : null;
}
