using EdgeFilter.Policies.Documents;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Combining;

/// <summary>What is wrong with documents only when they are seen together.</summary>
internal sealed class SetValidator(IReadOnlyDictionary<string, PolicyDocument> known, ProblemList problems)
{
    public void Check(PolicyDocument policy)
    {
        foreach (var parent in policy.Extends.Where(e => !known.ContainsKey(e.Value)))
        {
            problems.Add(SetProblems.UnknownPolicy, parent.At, $"policy '{parent.Value}' is not loaded.{NearestName.Hint(parent.Value, known.Keys)}");
        }

        if (Lineage.CircleFrom(policy, known) is { } circle)
        {
            problems.Add(SetProblems.Circle, policy.Extends[0].At, $"policies extend each other in a circle: {string.Join(" -> ", circle)}; remove one of the links.");
            return;
        }

        var parents = Lineage.Of(policy, known).Where(p => p != policy).ToArray();
        CheckRepeatedRules(policy, parents);
        CheckClusters(policy, parents);
        CheckReroutes(policy, parents);
    }

    /// <summary>What is written and used by nobody.</summary>
    public void CheckUse()
    {
        // A part is there for those that extend it; who they are shows only here.
        var users = known.Values.SelectMany(p => Lineage.Of(p, known).Select(parent => (parent, p))).ToLookup(u => u.parent, u => u.p);
        foreach (var policy in known.Values.Where(p => !p.IsPartial))
        {
            problems.AddRange(EffectCheck.OfRules(policy));
            problems.AddRange(EffectCheck.OfParts(policy, users[policy].Append(policy)));
        }
    }

    public void Check(WaiverDocument waiver)
    {
        var rules = known.Values.SelectMany(p => RuleIds.Of(p).Select(id => $"{p.NameOrFile}/{id}")).ToHashSet(StringComparer.Ordinal);
        foreach (var rule in waiver.Rules.Where(r => !rules.Contains(r.Value)))
        {
            problems.Add(SetProblems.WaiverOfNothing, rule.At, $"no loaded policy has the rule '{rule.Value}'.{NearestName.Hint(rule.Value, rules)}");
        }
    }

    private void CheckRepeatedRules(PolicyDocument policy, PolicyDocument[] parents)
    {
        foreach (var rule in policy.Rules)
        {
            if (rule is not { Id: { } id, Then: { } then })
            {
                continue;
            }

            foreach (var parent in parents)
            {
                var inherited = parent.Rules.FirstOrDefault(r => r.Id?.Value == id.Value);
                if (inherited?.Then is { } stricter && stricter.Value > then.Value)
                {
                    problems.Add(
                        SetProblems.Weaker,
                        then.At,
                        $"'{Words.Of(then.Value)}' is weaker than '{Words.Of(stricter.Value)}' of the inherited rule {parent.NameOrFile}/{id.Value} ({stricter.At}), which still applies; write '{Words.Of(stricter.Value)}' or stricter, choose another id, or write a waiver.");
                }
            }
        }
    }

    private void CheckReroutes(PolicyDocument policy, PolicyDocument[] parents)
    {
        foreach (var limiting in parents.Append(policy).Where(p => p.Residency is { AllowClusters.Count: > 0 }))
        {
            var allowed = limiting.Residency!.AllowClusters.Select(c => c.Value).ToArray();
            foreach (var rule in policy.Rules.Where(r => r.RerouteTo.Count > 0 && !r.RerouteTo.Any(c => allowed.Contains(c.Value))))
            {
                problems.Add(
                    SetProblems.NoClusterLeft,
                    rule.RerouteTo[0].At,
                    $"the residency of {limiting.NameOrFile} allows only {string.Join(", ", allowed)}, so there is nowhere to reroute to; name one of these.");
            }
        }
    }

    private void CheckClusters(PolicyDocument policy, PolicyDocument[] parents)
    {
        if (policy.Residency is not { AllowClusters.Count: > 0 } residency)
        {
            return;
        }

        var own = residency.AllowClusters.Select(c => c.Value).ToArray();
        foreach (var parent in parents.Where(p => p.Residency is { AllowClusters.Count: > 0 }))
        {
            if (!parent.Residency!.AllowClusters.Any(c => own.Contains(c.Value)))
            {
                problems.Add(
                    SetProblems.NoClusterLeft,
                    residency.AllowClusters[0].At,
                    $"none of these clusters is allowed by {parent.NameOrFile}, which allows {string.Join(", ", parent.Residency.AllowClusters.Select(c => c.Value))}.");
            }
        }
    }
}
