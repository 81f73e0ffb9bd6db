using System.Collections.Frozen;
using System.Collections.Immutable;

namespace EdgeFilter.Policies.Compilation;

/// <summary>One rule, ready to run. Immutable.</summary>
public sealed class CompiledRule
{
    public required PolicyIdentity Policy { get; init; }

    /// <summary>The rule's id within its policy.</summary>
    public required string Id { get; init; }

    /// <summary>Directions it applies to.</summary>
    public required FrozenSet<Direction> In { get; init; }

    /// <summary>Roles it applies to; all by default.</summary>
    public FrozenSet<SegmentRole> From { get; init; } = Enum.GetValues<SegmentRole>().ToFrozenSet();

    public required CompiledCondition When { get; init; }

    public required PolicyAction Then { get; init; }

    /// <summary>Fixed replacement of <c>redact</c>; null for the entity's name in brackets. <c>{entity}</c> is replaced.</summary>
    public string? ReplaceWith { get; init; }

    /// <summary>How many trailing letters and digits <c>mask</c> leaves readable.</summary>
    public int KeepLast { get; init; } = 4;

    /// <summary>What the user is told, by language code; <c>""</c> is the default.</summary>
    public FrozenDictionary<string, string> Say { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The reason that the policy's author gave: a legal basis, a standard.</summary>
    public string Why { get; init; } = "";

    public Severity Severity { get; init; } = Severity.Medium;

    /// <summary>What the author asked for; the plan may need to wait longer.</summary>
    public StreamMode Stream { get; init; } = StreamMode.Immediate;

    /// <summary>Decides and records, and changes nothing.</summary>
    public bool Shadow { get; init; }

    /// <summary>What of the text is kept with the rule's records.</summary>
    public Evidence Evidence { get; init; } = Evidence.None;

    /// <summary>Values and places that the rule leaves alone.</summary>
    public ImmutableArray<CompiledException> Exceptions { get; init; } = [];

    /// <summary>What happens when a detector or classifier that the rule needs can't answer.</summary>
    public FailureAction OnFailure { get; init; } = FailureAction.Block;

    /// <summary>Labels of the clusters that <c>reroute</c> may choose, best first.</summary>
    public ImmutableArray<string> RerouteTo { get; init; } = [];

    public override string ToString() => $"{Policy.Name}/{Id}";
}

/// <summary>What a rule does when its evidence can't be had.</summary>
public enum FailureAction
{
    /// <summary>Refuse the exchange: the default.</summary>
    Block,

    /// <summary>Let it pass and record that it was not inspected. Only with a reason and an expiry date.</summary>
    Allow,
}

/// <summary>An exception or a waiver: what the rule would have done is recorded, and not done.</summary>
public sealed class CompiledException
{
    /// <summary>The waiver's name; empty for an exception inside the rule.</summary>
    public string Name { get; init; } = "";

    public required string Reason { get; init; }

    /// <summary>It no longer applies from here on.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>Who answers for it; empty for an exception inside the rule.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The values it covers; null covers every match of the rule.</summary>
    public IValueTest? Values { get; init; }

    public bool Covers(ReadOnlySpan<char> value, DateTimeOffset now) => now < Expires && (Values is null || Values.Holds(value));
}
