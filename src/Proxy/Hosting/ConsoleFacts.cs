using System.Globalization;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Explaining;
using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Policies.Selection;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Configuration;
using EdgeFilter.Proxy.Review;
using EdgeFilter.Proxy.Routing;
using EdgeFilter.Proxy.Telemetry;

namespace EdgeFilter.Proxy.Hosting;

/// <summary>What the console shows of the running proxy.</summary>
internal sealed class ConsoleFacts(PolicyStore policies, ModelsInForce models, IBlockLog log, EvidenceSealer sealer, TrafficWindow traffic, ProviderSet providers) : IConsoleFacts
{
    private volatile PolicySelector? lookups;

    public IReadOnlyList<PolicyFact> Policies()
    {
        var status = policies.Status;
        return
        [
            .. status.Policies.Select(p => new PolicyFact(
                p.Name, p.Version, p.Title, p.Digest, Path.GetFileName(p.File), "", p.IsShadow,
                [.. policies.Current.RulesOf(p.Name).Select(Describe)])),
        ];
    }

    public EffectiveFact? Effective(PolicyContext context)
    {
        if (context.Region.Length > 0 && !Regions.IsKnown(context.Region))
        {
            return null;
        }

        var explanation = PolicyExplainer.Explain(Lookups(), context, withCost: false);
        return new EffectiveFact(
            explanation.Digest,
            explanation.Clusters,
            [
                .. explanation.Policies.Select(p => new EffectivePolicy(
                    p.Name, p.Version, p.Because.Contains(p.Name) ? "applies" : $"extended by {string.Join(", ", p.Because)}", p.InShadow)),
            ],
            [.. explanation.Rules.Select(r => new EffectiveRule(r.Rule.Policy.Name, $"{Path.GetFileName(r.At.File)}:{r.At.Line}", Describe(r.Rule)))],
            [.. explanation.Waivers.Select(w => $"{w.Name} until {w.Expires:yyyy-MM-dd} of {string.Join(", ", w.Rules)}: {w.Reason} ({w.Owner})")]);
    }

    public IReadOnlyList<HealthFact> Health()
    {
        var health = log.Health;
        var status = policies.Status;
        return
        [
            new HealthFact("block log", health.IsReady, health.ToString()),
            new HealthFact(
                "policies", status.FailedAt is null,
                status.FailedAt is null ? $"{status.Policies.Length} in force" : string.Join("; ", status.Problems.Take(5))),
            .. sealer.IsOn || PolicyLog.KeepsEvidence(policies)
                ? [new HealthFact("evidence", sealer.IsOn, sealer.IsOn ? $"sealed to key {sealer.KeyId}" : "Policies ask for it, but BlockLog:EvidenceKey is not set: none is kept.")]
                : Array.Empty<HealthFact>(),
            .. Upstreams(),
            .. models.Current.Models.Select(m => new HealthFact($"model {m.Name}", m.Refused is null, m.Refused?.Message ?? "loaded")),
        ];
    }

    public TrafficFact Traffic(DateTimeOffset since) => traffic.Since(since);

    // A selector of its own: what people look up must not push out what clients use.
    private PolicySelector Lookups()
    {
        var set = policies.Current.Set;
        var known = lookups;
        return known?.Set == set ? known : lookups = new PolicySelector(set);
    }

    private IEnumerable<HealthFact> Upstreams()
    {
        var seen = traffic.Since(DateTimeOffset.MaxValue).Clusters.ToDictionary(cluster => cluster.Name, StringComparer.Ordinal);
        return providers.All.Select(provider => seen.GetValueOrDefault(ProviderRoutes.ClusterOf(provider.Name)) is { } cluster
            ? new HealthFact($"upstream {provider.Name}", cluster.IsWell, string.Create(CultureInfo.InvariantCulture,
                $"{cluster.Answered:N0} answered, {cluster.Failed:N0} failed since the start{(cluster.LastFailure is { } last ? $", last failure {last:u}" : "")}"))
            : new HealthFact($"upstream {provider.Name}", true, "not asked yet"));
    }

    private static RuleFact Describe(CompiledRule rule) => new(
        rule.Id, rule.Why, Words.Of(rule.Then), [.. rule.In.Order().Select(d => Words.Of(d))], Describe(rule.When), rule.Shadow);

    private static string Describe(CompiledCondition condition) => string.Join(", ", condition.Flatten().Select(c => c switch
    {
        FindingCondition finding => string.Join(", ", finding.Detectors.Select(d => d.Entity).Distinct().Order(StringComparer.Ordinal).Take(12)),
        ClassifierCondition score => $"{score.Classifier.Name}:{score.Classifier.Labels[score.Label]} at least {score.AtLeast:0.##}",
        PartCondition part => string.Join(", ", part.Kinds.Select(kind => Words.Of(kind)).Order(StringComparer.Ordinal)),
        SizeCondition size => string.Create(CultureInfo.InvariantCulture, $"{size.AtLeast:N0} characters and more"),
        _ => "",
    }).Where(text => text.Length > 0));
}
