using EdgeFilter.Detection.Classifiers;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Selection;

namespace EdgeFilter.Policies.Explaining;

/// <summary>Says which rules are in force for a context, where each comes from and what it costs.</summary>
public static class PolicyExplainer
{
    /// <param name="selector">The policies.</param>
    /// <param name="context">Who asks for what.</param>
    /// <param name="withCost">False leaves out how much text a rule can hold back, which takes most of the time.</param>
    public static PolicyExplanation Explain(PolicySelector selector, PolicyContext context, bool withCost = true)
    {
        var set = selector.Set;
        var policy = selector.For(context);
        var selection = PolicySelection.Of(set.Set, context, set.Clock.GetUtcNow());
        var places = selection.Policies.SelectMany(p => set.RulesOf(p.Document)).ToDictionary(r => r.FullId, r => r.At);
        return new PolicyExplanation
        {
            Context = context,
            Digest = policy.Digest,
            Policies =
            [
                .. selection.Policies.Select(p => new ExplainedPolicy(
                    p.Document.Name!.Value, p.Document.Version!.Value, p.Document.Digest, p.Document.At, p.InShadow || p.Document.Shadow is { Value: true }, p.BroughtBy)),
            ],
            Rules = [.. policy.Rules.Select(r => Explain(r, places[r.ToString()], set, withCost))],
            Waivers =
            [
                .. selection.Waivers.Select(w => new ExplainedWaiver(
                    w.Name!.Value, w.Owner!.Value, w.Reason!.Value, w.Expires!.Value, [.. w.Rules.Select(r => r.Value)], w.At)),
            ],
            Clusters = policy.Residency?.AllowedClusters,
        };
    }

    private static ExplainedRule Explain(CompiledRule rule, Documents.SourcePlace at, CompiledSet set, bool withCost)
    {
        var parts = rule.When.Flatten().ToArray();
        var detectors = parts.OfType<FindingCondition>().SelectMany(c => c.Detectors).ToHashSet();
        var changes = withCost && rule is { Shadow: false, Then: > PolicyAction.Log };
        return new ExplainedRule(
            rule,
            at,
            SegmentPlan.EffectiveMode(rule),
            changes && detectors.Count > 0 ? set.CompileDetection(detectors).Reach.HoldBack : 0,
            detectors.Count,
            [.. parts.OfType<ClassifierCondition>().Select(c => c.Classifier)
                .Concat(parts.OfType<LanguageCondition>().Select(c => c.Classifier))
                .Distinct()
                .Select(c => new ExplainedClassifier(c.Name, [.. Enum.GetValues<ClassifierStage>().Where(s => c.Only(s) is not null)]))]);
    }
}
