namespace EdgeFilter.Policies.Documents;

/// <summary>A policy as its author wrote it.</summary>
internal sealed class PolicyDocument(SourcePlace at) : IMayBePartial
{
    public SourcePlace At { get; } = at;

    public bool IsPartial { get; set; }

    /// <summary>SHA-256 in hex over what counts: everything but layout, comments and tests.</summary>
    public string Digest { get; set; } = "";

    public Written<string>? Name { get; set; }

    public Written<string>? Version { get; set; }

    public Written<string>? Title { get; set; }

    public Written<string>? Description { get; set; }

    public Written<string>? Owner { get; set; }

    public IReadOnlyList<Written<string>> Extends { get; set; } = [];

    /// <summary>Null: applies to everyone.</summary>
    public AppliesToDocument? AppliesTo { get; set; }

    /// <summary>A candidate: all its rules decide and record, and change nothing.</summary>
    public Written<bool>? Shadow { get; set; }

    /// <summary>For the rules of this document that don't say themselves.</summary>
    public Written<Evidence>? Evidence { get; set; }

    public ResidencyDocument? Residency { get; set; }

    public LimitsDocument? Limits { get; set; }

    public IReadOnlyList<Named<DictionaryDocument>> Dictionaries { get; set; } = [];

    public IReadOnlyList<Named<PatternDocument>> Patterns { get; set; } = [];

    public IReadOnlyList<RuleDocument> Rules { get; set; } = [];

    public IReadOnlyList<TestDocument> Tests { get; set; } = [];

    /// <summary>The name for messages, also when it could not be read.</summary>
    public string NameOrFile => Name?.Value ?? At.File;
}
