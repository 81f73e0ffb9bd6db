using System.Collections.Frozen;
using System.Collections.Immutable;
using EdgeFilter.Policies.Documents;

namespace EdgeFilter.Policies.Compilation;

/// <summary>A rule compiled once for the whole set; each context makes its own rule of it.</summary>
internal sealed class RuleTemplate
{
    public required PolicyDocument Document { get; init; }

    public required PolicyIdentity Policy { get; init; }

    public required string Id { get; init; }

    public required SourcePlace At { get; init; }

    public required FrozenSet<Direction> In { get; init; }

    public FrozenSet<SegmentRole> From { get; init; } = AllRoles;

    public required CompiledCondition When { get; init; }

    public required PolicyAction Then { get; init; }

    public string? ReplaceWith { get; init; }

    public int KeepLast { get; init; } = 4;

    public FrozenDictionary<string, string> Say { get; init; } = FrozenDictionary<string, string>.Empty;

    public string Why { get; init; } = "";

    public Severity Severity { get; init; } = Severity.Medium;

    public StreamMode Stream { get; init; } = StreamMode.Immediate;

    public bool Shadow { get; init; }

    public Evidence Evidence { get; init; } = Evidence.None;

    public ImmutableArray<CompiledException> Exceptions { get; init; } = [];

    /// <summary>Failing open ends here; null when failure always blocks.</summary>
    public DateTimeOffset? OpenUntil { get; init; }

    public ImmutableArray<string> RerouteTo { get; init; } = [];

    public string FullId => $"{Policy.Name}/{Id}";

    /// <summary>True when the model asked for decides a part of the condition.</summary>
    public bool DependsOnModel { get; init; }

    public static FrozenSet<SegmentRole> AllRoles { get; } = Enum.GetValues<SegmentRole>().ToFrozenSet();

    /// <summary>The rule for one context; null when it can't apply there.</summary>
    /// <param name="model">The model asked for.</param>
    /// <param name="forEmbeddings">True when texts are embedded: only stable stand-ins may change them.</param>
    /// <param name="inShadow">True when the policy came in only through a candidate.</param>
    /// <param name="waivers">Waivers of this rule that hold in the context.</param>
    /// <param name="now">Decides whether failing open still holds.</param>
    public CompiledRule? For(string model, bool forEmbeddings, bool inShadow, IEnumerable<CompiledException> waivers, DateTimeOffset now)
    {
        var condition = DependsOnModel ? ConditionFolding.Fold(When, model) : When;
        if (condition is null)
        {
            return null;
        }

        return new CompiledRule
        {
            Policy = Policy,
            Id = Id,
            In = In,
            From = From,
            When = condition,
            Then = forEmbeddings && When is not PartCondition && Then is (PolicyAction.Mask or PolicyAction.Redact or PolicyAction.Hash) ? PolicyAction.Pseudonymise : Then,
            ReplaceWith = ReplaceWith,
            KeepLast = KeepLast,
            Say = Say,
            Why = Why,
            Severity = Severity,
            Stream = Stream,
            Shadow = Shadow || inShadow,
            Evidence = Evidence,
            Exceptions = [.. Exceptions, .. waivers],
            OnFailure = OpenUntil > now ? FailureAction.Allow : FailureAction.Block,
            RerouteTo = RerouteTo,
        };
    }
}
