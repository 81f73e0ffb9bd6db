namespace EdgeFilter.Policies.Documents;

/// <summary>
/// What a rule looks for. Things to find (entities, classes, detectors, secrets, dictionaries, patterns, canary tokens) are
/// alternatives; everything else written beside them must hold too.
/// </summary>
internal sealed class FindDocument(SourcePlace at) : IMayBePartial
{
    public SourcePlace At { get; } = at;

    public bool IsPartial { get; set; }

    public IReadOnlyList<Written<string>> Entities { get; set; } = [];

    /// <summary>Families of entities: <c>national-id</c>, <c>bank</c>.</summary>
    public IReadOnlyList<Written<string>> Classes { get; set; } = [];

    /// <summary>Narrows <see cref="Classes"/> and <see cref="Entities"/> to identifiers of these countries.</summary>
    public IReadOnlyList<Written<string>> Countries { get; set; } = [];

    public IReadOnlyList<Written<string>> Detectors { get; set; } = [];

    /// <summary>Detector ids of secrets, or the one word <c>all</c>.</summary>
    public IReadOnlyList<Written<string>> Secrets { get; set; } = [];

    public IReadOnlyList<Written<string>> Dictionaries { get; set; } = [];

    public IReadOnlyList<Written<string>> Patterns { get; set; } = [];

    public IReadOnlyList<Written<string>> CanaryTokens { get; set; } = [];

    public Written<bool>? InvisibleText { get; set; }

    public Written<bool>? EncodedText { get; set; }

    public UrlsDocument? Urls { get; set; }

    public Written<string>? Classifier { get; set; }

    public Written<string>? Label { get; set; }

    public Written<Threshold>? AtLeast { get; set; }

    public Written<double>? Count { get; set; }

    public IReadOnlyList<Written<string>> Languages { get; set; } = [];

    public IReadOnlyList<Written<string>> LanguagesExcept { get; set; } = [];

    public IReadOnlyList<Written<string>> Tools { get; set; } = [];

    public IReadOnlyList<Written<string>> Models { get; set; } = [];

    public Written<double>? LongerThan { get; set; }

    public Written<double>? PromptLeak { get; set; }

    /// <summary>Parts of a message that nobody reads here: they have no text, and nothing else can be said of them but what follows.</summary>
    public IReadOnlyList<Written<CoverageKind>> Uninspected { get; set; } = [];

    public IReadOnlyList<Written<string>> MediaTypes { get; set; } = [];

    public IReadOnlyList<Written<string>> MediaTypesExcept { get; set; } = [];

    /// <summary>Bytes.</summary>
    public Written<double>? LargerThan { get; set; }

    public IReadOnlyList<FindDocument> All { get; set; } = [];

    public IReadOnlyList<FindDocument> Any { get; set; } = [];

    public IReadOnlyList<FindDocument> None { get; set; } = [];

    /// <summary>True when something is named that detectors find at places of a text.</summary>
    public bool NamesFindings =>
        Entities.Count + Classes.Count + Detectors.Count + Secrets.Count + Dictionaries.Count + Patterns.Count + CanaryTokens.Count > 0
        || InvisibleText is { Value: true } || EncodedText is { Value: true };

    /// <summary>True when nothing is named at all.</summary>
    public bool IsEmpty => Uninspected.Count + Models.Count == 0 && HasNoText;

    /// <summary>True when nothing is named that a text could fulfil.</summary>
    public bool HasNoText =>
        !NamesFindings && Urls is null && Classifier is null && Languages.Count + LanguagesExcept.Count + Tools.Count == 0
        && LongerThan is null && PromptLeak is null && All.Count + Any.Count + None.Count == 0;

    /// <summary>This and everything inside it.</summary>
    public IEnumerable<FindDocument> Flatten() => All.Concat(Any).Concat(None).SelectMany(f => f.Flatten()).Prepend(this);
}

/// <summary>Addresses in a text, by where they stand and where they lead.</summary>
internal sealed class UrlsDocument(SourcePlace at)
{
    public SourcePlace At { get; } = at;

    /// <summary>How the address is written; empty: in any way.</summary>
    public IReadOnlyList<Written<UrlForm>> As { get; set; } = [];

    public IReadOnlyList<Written<string>> Domains { get; set; } = [];

    public IReadOnlyList<Written<string>> ExceptDomains { get; set; } = [];

    /// <summary>Only addresses that carry something out: a query, a fragment, or a long opaque path.</summary>
    public Written<bool>? CarryingData { get; set; }
}

internal enum UrlForm
{
    /// <summary>Bare, as text.</summary>
    Plain,

    /// <summary>A markdown or HTML link, shown under other words.</summary>
    Link,

    /// <summary>A markdown or HTML image, fetched as soon as it is shown.</summary>
    Image,
}
