using System.CommandLine;
using EdgeFilter.Detection.Classifiers;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Explaining;
using EdgeFilter.Policies.Selection;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>policy explain</c>: the rules in force for somebody, where each comes from, and what it costs.</summary>
internal static class PolicyExplainCommand
{
    public static Command Create()
    {
        var access = new PolicyAccess();
        var region = Text("--region", "Where the client stands: DE, US-CA, EU …");
        var tenant = Text("--tenant", "The client's tenant.");
        var group = new Option<string[]>("--group") { Description = "The client's groups.", AllowMultipleArgumentsPerToken = true };
        var route = Text("--route", "The route, as in /openai.");
        var model = Text("--model", "The model asked for.");
        var protocol = Text("--protocol", "The wire protocol, as in openai.chat.");
        var cost = new Option<bool>("--cost") { Description = "Also show what each rule asks for and makes a reader wait for." };
        var command = new Command("explain", "Show the rules in force and where each comes from.")
        {
            access.Paths, region, tenant, group, route, model, protocol, cost, access.Models, access.AsJson,
        };
        command.SetAction(parsed =>
        {
            if (access.OpenScope(parsed) is not { } scope || access.ReadSound(parsed, scope) is not { } set)
            {
                return PolicyAccess.BadUsage;
            }

            if (parsed.GetValue(region) is { Length: > 0 } place && !Regions.IsKnown(place))
            {
                parsed.InvocationConfiguration.Error.WriteLine($"'{place}' is not a region: write DE, US-CA, EU, EEA, or a label that begins with x-.");
                return PolicyAccess.BadUsage;
            }

            var context = new PolicyContext
            {
                Region = parsed.GetValue(region) ?? "",
                Tenant = parsed.GetValue(tenant) ?? "",
                Groups = [.. parsed.GetValue(group) ?? []],
                Route = parsed.GetValue(route) ?? "",
                Model = parsed.GetValue(model) ?? "",
                Protocol = parsed.GetValue(protocol) ?? "",
            };
            var explanation = PolicyExplainer.Explain(new PolicySelector(set), context);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(access.AsJson))
            {
                PolicyAccess.ShowJson(ToJson(explanation), output);
            }
            else
            {
                Show(explanation, parsed.GetValue(cost), output);
            }

            return PolicyAccess.Fine;
        });
        return command;
    }

    private static Option<string> Text(string name, string description) => new(name) { Description = description };

    private static void Show(PolicyExplanation explanation, bool withCost, TextWriter output)
    {
        output.WriteLine($"Digest {explanation.Digest}");
        output.WriteLine($"Clusters: {(explanation.Clusters is { } allowed ? allowed.Count > 0 ? string.Join(", ", allowed) : "none, every request is blocked" : "any")}");
        output.WriteLine();
        foreach (var policy in explanation.Policies)
        {
            var because = policy.Because.Contains(policy.Name) ? "applies" : $"extended by {string.Join(", ", policy.Because)}";
            output.WriteLine(PolicyAccess.Wrap($"{policy.Name} {policy.Version}{(policy.InShadow ? " (shadow)" : "")}: {because}; {policy.At.File}"));
        }

        foreach (var waiver in explanation.Waivers)
        {
            output.WriteLine(PolicyAccess.Wrap($"waiver {waiver.Name} until {waiver.Expires:yyyy-MM-dd} of {string.Join(", ", waiver.Rules)}: {waiver.Reason} ({waiver.Owner}; {waiver.At})"));
        }

        output.WriteLine();
        foreach (var explained in explanation.Rules)
        {
            Show(explained, withCost, output);
        }
    }

    private static void Show(ExplainedRule explained, bool withCost, TextWriter output)
    {
        var rule = explained.Rule;
        var where = string.Join('+', rule.In.Order().Select(Words.Of));
        output.WriteLine($"{PolicyAccess.Fit(rule.ToString(), 44),-44} {where,-13} {Words.Of(rule.Then)}{(rule.Shadow ? " (shadow)" : "")}");
        output.WriteLine(PolicyAccess.Wrap($"    {explained.At}{(rule.Why.Length > 0 ? $"; {rule.Why}" : "")}"));
        if (withCost)
        {
            var waits = explained.Stream switch
            {
                StreamMode.Whole => "the whole text",
                StreamMode.Sentence => "a sentence",
                _ => explained.HoldBack > 0 ? $"open candidates, at most {explained.HoldBack} characters" : "nothing",
            };
            var models = explained.Classifiers.Count > 0 ? $", models: {string.Join(", ", explained.Classifiers.Select(Spell))}" : "";
            output.WriteLine(PolicyAccess.Wrap($"    {explained.Detectors} detectors{models}; a reader waits for {waits}"));
        }
    }

    private static object ToJson(PolicyExplanation explanation) => new
    {
        digest = explanation.Digest,
        clusters = explanation.Clusters,
        policies = explanation.Policies.Select(p => new { name = p.Name, version = p.Version, digest = p.Digest, file = p.At.File, shadow = p.InShadow, because = p.Because }),
        waivers = explanation.Waivers.Select(w => new { name = w.Name, owner = w.Owner, reason = w.Reason, expires = w.Expires, rules = w.Rules, at = w.At.ToString() }),
        rules = explanation.Rules.Select(r => new
        {
            rule = r.Rule.ToString(),
            @in = r.Rule.In.Order().Select(Words.Of),
            from = r.Rule.From.Order().Select(Words.Of),
            then = Words.Of(r.Rule.Then),
            severity = Words.Of(r.Rule.Severity),
            shadow = r.Rule.Shadow,
            why = r.Rule.Why,
            at = r.At.ToString(),
            stream = Words.Of(r.Stream),
            holdBack = r.HoldBack,
            detectors = r.Detectors,
            classifiers = r.Classifiers.Select(c => c.Name),
            stages = r.Classifiers.Select(c => new { classifier = c.Name, asks = c.Stages.Select(ClassifierStages.Word) }),
        }),
    };

    // A model that is asked as a whole needs no more than its name.
    private static string Spell(ExplainedClassifier model) =>
        model.Stages.Count > 1 ? $"{model.Name} ({string.Join(", then ", model.Stages.Select(ClassifierStages.Word))})" : model.Name;
}
