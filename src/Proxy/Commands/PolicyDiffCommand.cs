using System.CommandLine;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Selection;
using EdgeFilter.Policies.Testing;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>policy diff OLD NEW</c>: which decisions change over a corpus. Exit code 1 when some do.</summary>
internal static class PolicyDiffCommand
{
    public static Command Create()
    {
        var access = new PolicyAccess();
        var old = new Argument<string>("old") { Description = "The policies in force: a folder or file." };
        var changed = new Argument<string>("new") { Description = "The policies to compare: a folder or file." };
        var corpus = PolicyCorpus.Option();
        var command = new Command("diff", "Show which decisions a change of policies would change.") { old, changed, corpus, access.Models, access.AsJson };
        command.SetAction(parsed => PolicyCorpus.Run(parsed, () =>
        {
            var errors = parsed.InvocationConfiguration.Error;
            if (access.OpenScope(parsed) is not { } scope
                || PolicyAccess.ReadSound([parsed.GetRequiredValue(old)], scope, errors) is not { } before
                || PolicyAccess.ReadSound([parsed.GetRequiredValue(changed)], scope, errors) is not { } after)
            {
                return PolicyAccess.BadUsage;
            }

            var differences = CorpusDecisions
                .Compare(new CorpusDecisions(new PolicySelector(before)), new CorpusDecisions(new PolicySelector(after)), PolicyCorpus.Read(parsed.GetValue(corpus)))
                .ToArray();
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(access.AsJson))
            {
                PolicyAccess.ShowJson(
                    new
                    {
                        before = before.Set.Digest,
                        after = after.Set.Digest,
                        differences = differences.Select(d => new { id = d.Id, before = Json(d.Before), after = Json(d.After) }),
                    },
                    output);
            }
            else
            {
                Show(differences, output);
            }

            return differences.Length > 0 ? PolicyAccess.Finding : PolicyAccess.Fine;
        }));
        return command;
    }

    private static object Json(CorpusDecision decision) => new { action = Words.Of(decision.Action), rules = decision.Rules };

    private static void Show(CorpusDifference[] differences, TextWriter output)
    {
        foreach (var difference in differences)
        {
            output.WriteLine($"{PolicyAccess.Fit(difference.Id, 50)}: {Words.Of(difference.Before.Action)} -> {Words.Of(difference.After.Action)}");
            foreach (var gone in difference.Before.Rules.Except(difference.After.Rules))
            {
                output.WriteLine($"  - {gone}");
            }

            foreach (var added in difference.After.Rules.Except(difference.Before.Rules))
            {
                output.WriteLine($"  + {added}");
            }
        }

        output.WriteLine($"{differences.Length} decisions change.");
    }
}
