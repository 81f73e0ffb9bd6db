using System.Collections.Immutable;
using EdgeFilter.Detection;
using EdgeFilter.Policies.Combining;
using EdgeFilter.Policies.Documents;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Compilation;

/// <summary>All policies of a set, each rule compiled once. Immutable; contexts select from it.</summary>
public sealed class CompiledSet
{
    private readonly Dictionary<string, ImmutableArray<RuleTemplate>> rules = new(StringComparer.Ordinal);
    private readonly OwnDetectors own = new();
    private readonly ValidationScope scope;

    /// <param name="set">A sound set: everything it names is in <paramref name="scope"/>.</param>
    /// <param name="scope">What it was held against.</param>
    public CompiledSet(PolicySet set, ValidationScope scope)
    {
        Set = set;
        this.scope = scope;
        var compiler = new RuleCompiler(new ConditionCompiler(scope, own));
        foreach (var policy in set.Policies)
        {
            rules.Add(policy.Name!.Value, [.. compiler.Compile(policy, set.LineageOf(policy.Name.Value))]);
        }
    }

    public PolicySet Set { get; }

    /// <summary>True when some rule keeps what it found, sealed.</summary>
    public bool KeepsEvidence => rules.Values.Any(policy => policy.Any(rule => rule.Evidence == Evidence.Sealed));

    internal TimeProvider Clock => scope.Clock;

    internal ImmutableArray<RuleTemplate> RulesOf(PolicyDocument policy) => rules[policy.Name!.Value];

    /// <summary>A plan that looks for detectors of the catalogue and of the policies themselves.</summary>
    internal DetectionPlan CompileDetection(IReadOnlySet<DetectorInfo> wanted) =>
        scope.Detectors.Catalog.Compile(wanted.Where(d => !own.Contains(d)), wanted.Where(own.Contains).Select(own.FamilyOf));
}
