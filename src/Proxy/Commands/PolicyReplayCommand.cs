using System.CommandLine;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Selection;
using EdgeFilter.Policies.Testing;

namespace EdgeFilter.Proxy.Commands;

/// <summary>
/// <c>policy replay</c>: what policies do with recorded texts, and where that differs from what was done then. Exit code 1 when it
/// differs somewhere.
/// </summary>
internal static class PolicyReplayCommand
{
    public static Command Create()
    {
        var access = new PolicyAccess();
        var corpus = PolicyCorpus.Option();
        var command = new Command("replay", "Run recorded texts through policies and count what they do.") { access.Paths, corpus, access.Models, access.AsJson };
        command.SetAction(parsed => PolicyCorpus.Run(parsed, () =>
        {
            if (access.OpenScope(parsed) is not { } scope || access.ReadSound(parsed, scope) is not { } set)
            {
                return PolicyAccess.BadUsage;
            }

            var decisions = new CorpusDecisions(new PolicySelector(set));
            var actions = new SortedDictionary<PolicyAction, int>();
            var rules = new SortedDictionary<string, int>(StringComparer.Ordinal);
            var different = new List<(string Id, PolicyAction Then, PolicyAction Now)>();
            foreach (var text in PolicyCorpus.Read(parsed.GetValue(corpus)))
            {
                var decision = decisions.Decide(text);
                actions[decision.Action] = actions.GetValueOrDefault(decision.Action) + 1;
                foreach (var rule in decision.Rules)
                {
                    rules[rule] = rules.GetValueOrDefault(rule) + 1;
                }

                if (text.Recorded is { } recorded && recorded != decision.Action)
                {
                    different.Add((text.Id, recorded, decision.Action));
                }
            }

            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(access.AsJson))
            {
                PolicyAccess.ShowJson(
                    new
                    {
                        digest = set.Set.Digest,
                        actions = actions.ToDictionary(a => Words.Of(a.Key), a => a.Value),
                        rules,
                        different = different.Select(d => new { id = d.Id, recorded = Words.Of(d.Then), now = Words.Of(d.Now) }),
                    },
                    output);
            }
            else
            {
                foreach (var (action, count) in actions)
                {
                    output.WriteLine($"{count,8} {Words.Of(action)}");
                }

                foreach (var (rule, count) in rules)
                {
                    output.WriteLine($"{count,8} {PolicyAccess.Fit(rule, 70)}");
                }

                foreach (var (id, then, now) in different)
                {
                    output.WriteLine($"{PolicyAccess.Fit(id, 50)}: {Words.Of(then)} then, {Words.Of(now)} now");
                }
            }

            return different.Count > 0 ? PolicyAccess.Finding : PolicyAccess.Fine;
        }));
        return command;
    }
}
