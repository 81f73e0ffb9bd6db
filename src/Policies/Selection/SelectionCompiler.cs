using System.Collections.Immutable;
using EdgeFilter.Policies.Combining;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Documents;

namespace EdgeFilter.Policies.Selection;

/// <summary>Combines the documents of a selection into the policy that is in force for a context.</summary>
internal static class SelectionCompiler
{
    public static CompiledPolicy Compile(CompiledSet set, PolicySelection selection, PolicyContext context, DateTimeOffset now)
    {
        var embeddings = context.Protocol.Contains("embed", StringComparison.OrdinalIgnoreCase);
        var rules = ImmutableArray.CreateBuilder<CompiledRule>();
        foreach (var selected in selection.Policies)
        {
            foreach (var template in set.RulesOf(selected.Document))
            {
                var waivers = selection.Waivers.Where(w => w.Rules.Any(r => r.Value == template.FullId)).Select(Exception);
                if (template.For(context.Model, embeddings, selected.InShadow, waivers, now) is { } rule)
                {
                    rules.Add(rule);
                }
            }
        }

        var sources = selection.Policies.Select(p => IdentityOf(p.Document)).ToImmutableArray();
        var digest = PolicySet.DigestOf(sources.Select(s => $"{s.Name}@{s.Digest}").Concat(selection.Waivers.Select(w => $"{w.Name!.Value}@{w.Digest}")));
        return new CompiledPolicy(sources, digest, rules.ToImmutable(), set.CompileDetection) { Residency = Residency(selection) };
    }

    private static PolicyIdentity IdentityOf(PolicyDocument policy) => new(policy.Name!.Value, policy.Version!.Value, policy.Digest);

    private static CompiledException Exception(WaiverDocument waiver) => new()
    {
        Name = waiver.Name!.Value,
        Owner = waiver.Owner!.Value,
        Reason = waiver.Reason!.Value,
        Expires = RuleCompiler.StartOf(waiver.Expires!.Value),
        Values = waiver.Values.Count > 0 ? new ValueListTest(waiver.Values.Select(v => v.Value)) : null,
    };

    // A cluster must be allowed by all; their order is that of the first policy that limits them.
    private static CompiledResidency? Residency(PolicySelection selection)
    {
        var limiting = selection.Policies
            .Where(p => p is { InShadow: false, Document.Residency: not null } && p.Document.Shadow is not { Value: true })
            .Select(p => p.Document)
            .ToArray();
        if (limiting.Length == 0)
        {
            return null;
        }

        var allowed = limiting[0].Residency!.AllowClusters.Select(c => c.Value)
            .Where(cluster => limiting.All(p => p.Residency!.AllowClusters.Any(c => c.Value == cluster)));
        return new CompiledResidency([.. allowed], IdentityOf(limiting[0]));
    }
}
