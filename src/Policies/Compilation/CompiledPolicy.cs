using System.Collections.Immutable;
using EdgeFilter.Detection;

namespace EdgeFilter.Policies.Compilation;

/// <summary>
/// All rules that apply to one context, combined and ready to run. Immutable; an exchange keeps the one it began with.
/// </summary>
public sealed class CompiledPolicy
{
    private static readonly int Roles = Enum.GetValues<SegmentRole>().Length;
    private readonly SegmentPlan[] plans;
    private readonly ImmutableArray<CompiledRule> promptParts;
    private readonly ImmutableArray<CompiledRule> outputParts;

    /// <param name="sources">The policies that contribute, in the order in which ties are broken.</param>
    /// <param name="digest">Digest over all that contributes.</param>
    /// <param name="rules">All rules, in the order in which ties are broken.</param>
    /// <param name="compileDetection">Makes the plan that looks for a set of detectors and for nothing else.</param>
    public CompiledPolicy(
        ImmutableArray<PolicyIdentity> sources,
        string digest,
        ImmutableArray<CompiledRule> rules,
        Func<IReadOnlySet<DetectorInfo>, DetectionPlan> compileDetection)
    {
        Sources = sources;
        Digest = digest;
        Rules = rules;
        LeakLengths = [.. rules.SelectMany(r => r.When.Flatten()).OfType<PromptLeakCondition>().Select(c => c.Words).Distinct()];
        // Rules on parts that have no text are none of a text's business.
        promptParts = [.. rules.Where(r => r.When is PartCondition && r.In.Contains(Direction.Prompt))];
        outputParts = [.. rules.Where(r => r.When is PartCondition && r.In.Contains(Direction.Output))];
        plans = new SegmentPlan[2 * Roles];
        var byDetectors = new List<(HashSet<DetectorInfo> Detectors, DetectionPlan Plan)>();
        var byRules = new List<(Direction Direction, SegmentPlan Plan)>();
        foreach (var direction in Enum.GetValues<Direction>())
        {
            foreach (var role in Enum.GetValues<SegmentRole>())
            {
                plans[IndexOf(direction, role)] = PlanFor(direction, [.. rules.Where(r => r.When is not PartCondition && r.In.Contains(direction) && r.From.Contains(role))]);
            }
        }

        SegmentPlan PlanFor(Direction direction, ImmutableArray<CompiledRule> applying)
        {
            if (applying.IsEmpty)
            {
                return SegmentPlan.Empty;
            }

            var known = byRules.Find(p => p.Direction == direction && p.Plan.Rules.SequenceEqual(applying)).Plan;
            if (known is not null)
            {
                return known;
            }

            var wanted = applying.SelectMany(r => r.When.Flatten().OfType<FindingCondition>()).SelectMany(c => c.Detectors).ToHashSet();
            var detection = byDetectors.Find(p => p.Detectors.SetEquals(wanted)).Plan;
            if (detection is null)
            {
                detection = wanted.Count == 0 ? DetectionPlan.Empty : compileDetection(wanted);
                byDetectors.Add((wanted, detection));
            }

            var plan = new SegmentPlan(direction, applying, detection);
            byRules.Add((direction, plan));
            return plan;
        }
    }

    public ImmutableArray<PolicyIdentity> Sources { get; }

    /// <summary>SHA-256 in hex over the documents that contribute.</summary>
    public string Digest { get; }

    public ImmutableArray<CompiledRule> Rules { get; }

    /// <summary>How many words of the system prompt in a row rules look for; empty when none does.</summary>
    public ImmutableArray<int> LeakLengths { get; }

    /// <summary>Clusters that may be used; null when no policy limits them.</summary>
    public CompiledResidency? Residency { get; init; }

    public SegmentPlan PlanFor(Direction direction, SegmentRole role) => plans[IndexOf(direction, role)];

    /// <summary>Rules on parts that nobody reads: media, token ids, stored history.</summary>
    public ImmutableArray<CompiledRule> PartRulesFor(Direction direction) => direction == Direction.Prompt ? promptParts : outputParts;

    /// <summary>True when no rule looks at this direction at all.</summary>
    public bool IsBlindTo(Direction direction)
    {
        if (!PartRulesFor(direction).IsEmpty)
        {
            return false;
        }

        for (var role = 0; role < Roles; role++)
        {
            if (!plans[((int)direction * Roles) + role].IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

    private static int IndexOf(Direction direction, SegmentRole role) => ((int)direction * Roles) + (int)role;
}

/// <summary>Which clusters a text may go to, by the labels of their presets.</summary>
/// <param name="AllowedClusters">Labels, best first.</param>
/// <param name="Policy">Who says so.</param>
/// <param name="Otherwise">What happens when none of them is available.</param>
public sealed record CompiledResidency(ImmutableArray<string> AllowedClusters, PolicyIdentity Policy, PolicyAction Otherwise = PolicyAction.Block);
