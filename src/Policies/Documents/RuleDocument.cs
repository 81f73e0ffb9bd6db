namespace EdgeFilter.Policies.Documents;

/// <summary>A rule as its author wrote it.</summary>
internal sealed class RuleDocument(SourcePlace at)
{
    public SourcePlace At { get; } = at;

    public Written<string>? Id { get; set; }

    public Written<string>? Description { get; set; }

    /// <summary>Legal basis or reason.</summary>
    public Written<string>? Why { get; set; }

    public Written<Severity>? Severity { get; set; }

    public IReadOnlyList<Written<Direction>> In { get; set; } = [];

    /// <summary>Roles and trust levels; empty: all.</summary>
    public IReadOnlyList<Written<Speaker>> From { get; set; } = [];

    public FindDocument? Find { get; set; }

    public Written<PolicyAction>? Then { get; set; }

    public Written<string>? ReplaceWith { get; set; }

    public Written<double>? KeepLast { get; set; }

    public IReadOnlyList<Written<string>> RerouteTo { get; set; } = [];

    /// <summary>What the user is told, by language; the name <c>""</c> is the text for every language.</summary>
    public IReadOnlyList<Named<Written<string>>> Say { get; set; } = [];

    public Written<StreamMode>? Stream { get; set; }

    public Written<bool>? Shadow { get; set; }

    /// <summary>Left out: as the policy says.</summary>
    public Written<Evidence>? Evidence { get; set; }

    public IReadOnlyList<ExceptionDocument> Exceptions { get; set; } = [];

    public OnFailureDocument? OnFailure { get; set; }

    public string IdOrPlace => Id?.Value ?? At.ToString();
}

/// <summary>Values that a rule leaves alone, until a day.</summary>
internal sealed class ExceptionDocument(SourcePlace at)
{
    public SourcePlace At { get; } = at;

    public IReadOnlyList<Written<string>> Values { get; set; } = [];

    public Written<string>? Reason { get; set; }

    public Written<DateOnly>? Expires { get; set; }
}

/// <summary>What happens when a detector or model can't answer.</summary>
internal sealed class OnFailureDocument(SourcePlace at)
{
    public SourcePlace At { get; } = at;

    public Written<FailureWord>? Then { get; set; }

    public Written<string>? Reason { get; set; }

    public Written<DateOnly>? Expires { get; set; }
}

internal enum FailureWord
{
    Block,
    Allow,
}
