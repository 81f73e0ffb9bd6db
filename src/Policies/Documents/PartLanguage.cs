using EdgeFilter.Policies.Documents.Shapes;

namespace EdgeFilter.Policies.Documents;

/// <summary>The vocabulary of the smaller parts.</summary>
internal static class PartLanguage
{
    public static TextShape ClusterLabel { get; } = new("a cluster's label such as eu", 64, "^[A-Za-z0-9][A-Za-z0-9_.-]*$", "letters, digits, dots, hyphens and underscores");

    public static ListShape<Written<string>> ValueList { get; } =
        new(new TextShape("a value in quotes; '*' stands for any characters", 500), "a list of values in quotes", 10_000);

    public static Shape<IReadOnlyList<Written<string>>> Secrets { get; } = new EitherShape<IReadOnlyList<Written<string>>>(
        new ConvertedShape<Written<string>, IReadOnlyList<Written<string>>>(
            new ChoiceShape<string>("a choice of secrets", new Dictionary<string, string> { ["all"] = "all" }),
            word => [word]),
        new ListShape<Written<string>>(new TextShape("a detector id such as github-pat", 100, names: "secret"), "a list of detector ids, or all"),
        "all, or a list of detector ids");

    public static MapShape<ResidencyDocument> Residency { get; } = new MapShape<ResidencyDocument>(
            "residency", "a mapping such as { allow-clusters: [eu, local], otherwise: block }", at => new ResidencyDocument(at))
        .Required("allow-clusters", new ListShape<Written<string>>(ClusterLabel, "a list of cluster labels, as in [eu, local]", 64), (r, v) => r.AllowClusters = v, "Labels of clusters that texts may go to, best first.")
        .Optional("otherwise", new ChoiceShape<FailureWord>("what happens when none is available", new Dictionary<string, FailureWord> { ["block"] = FailureWord.Block }), (r, v) => r.Otherwise = v, "What happens when none of them is available: block.");

    public static MapShape<LimitsDocument> Limits { get; } = new MapShape<LimitsDocument>(
            "limits", "a mapping such as { longest-prompt: 200000 }", at => new LimitsDocument(at))
        .Optional("longest-prompt", new NumberShape("a whole number of characters", 1, 100_000_000, whole: true), (l, v) => l.LongestPrompt = v, "A longer text of a prompt is blocked.")
        .Optional("longest-output", new NumberShape("a whole number of characters", 1, 100_000_000, whole: true), (l, v) => l.LongestOutput = v, "An output is blocked where it grows longer.");

    private static readonly TextShape EntityName = new("an entity name such as PROJECT_NAME", 64, "^[A-Z][A-Z0-9_]*$", "capital letters, digits and underscores");

    public static MapShape<DictionaryDocument> Dictionary { get; } = new MapShape<DictionaryDocument>(
            "dictionary", "a dictionary: a mapping with entity and words", at => new DictionaryDocument(at))
        .Required("entity", EntityName, (d, v) => d.Entity = v, "What a match is called.")
        .Required("words", new ListShape<Written<string>>(new TextShape("a word or phrase", 200, "^.*[^ ].*$", "more than spaces"), "a list of words and phrases", 100_000), (d, v) => d.Words = v, "Words and phrases.")
        .Optional("ignore-case", new FlagShape(), (d, v) => d.IgnoreCase = v, "true when left out.")
        .Optional("ignore-accents", new FlagShape(), (d, v) => d.IgnoreAccents = v, "false when left out.")
        .Optional("whole-words", new FlagShape(), (d, v) => d.WholeWords = v, "true when left out.")
        .Optional("leetspeak", new FlagShape(), (d, v) => d.Leetspeak = v, "true: figures and signs equal the letters they stand for; false when left out.");

    public static MapShape<PatternDocument> Pattern { get; } = new MapShape<PatternDocument>(
            "pattern", "a pattern: a mapping with entity and pattern", at => new PatternDocument(at))
        .Required("entity", EntityName, (p, v) => p.Entity = v, "What a match is called.")
        .Required("pattern", new TextShape("a regular expression in single quotes", 2_000), (p, v) => p.Pattern = v, "A regular expression without look-around and back-references.")
        .Optional("ignore-case", new FlagShape(), (p, v) => p.IgnoreCase = v, "false when left out.")
        .Optional("context", new ListShape<Written<string>>(new TextShape("a word", 100), "a list of words", 1_000), (p, v) => p.Context = v, "Words near by that make a match likely; left out: it is likely by itself.");

    public static MapShape<ExceptionDocument> Exception { get; } = new MapShape<ExceptionDocument>(
            "exception", "a mapping with values, reason and expires", at => new ExceptionDocument(at))
        .Required("values", ValueList, (e, v) => e.Values = v, "The values; '*' stands for any characters. Case, spaces and hyphens don't count.")
        .Required("reason", new TextShape("a reason", 1_000), (e, v) => e.Reason = v, "Why they may pass.")
        .Required("expires", new DateShape(), (e, v) => e.Expires = v, "The first day (UTC) on which the exception no longer holds.");

    public static Shape<OnFailureDocument> OnFailure { get; } = new EitherShape<OnFailureDocument>(
        new ConvertedShape<Written<FailureWord>, OnFailureDocument>(
            ChoiceShape.Of<FailureWord>("what happens on failure"),
            word => new OnFailureDocument(word.At) { Then = word }),
        new MapShape<OnFailureDocument>("on-failure", "block, or a mapping with then, reason and expires", at => new OnFailureDocument(at))
            .Required("then", ChoiceShape.Of<FailureWord>("what happens on failure"), (f, v) => f.Then = v, "block or allow.")
            .Optional("reason", new TextShape("a reason", 1_000), (f, v) => f.Reason = v, "Why an uninspected text may pass.")
            .Optional("expires", new DateShape(), (f, v) => f.Expires = v, "The first day (UTC) on which failure blocks again."),
        "block, or a mapping with then, reason and expires");

    public static Shape<IReadOnlyList<Named<Written<string>>>> Say(TextShape text, TextShape language) =>
        new EitherShape<IReadOnlyList<Named<Written<string>>>>(
            new ConvertedShape<Written<string>, IReadOnlyList<Named<Written<string>>>>(text, t => [new(new("", t.At), t)]),
            new NamedShape<Written<string>>(language, text, "texts by language, as in { en: ..., es: ... }"),
            "a sentence, or sentences by language as in { en: ..., es: ... }");
}
