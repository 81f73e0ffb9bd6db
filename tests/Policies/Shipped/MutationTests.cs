using EdgeFilter.Detection;
using EdgeFilter.Policies.Combining;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Documents;
using EdgeFilter.Policies.Testing;
using EdgeFilter.Policies.Validation;
using Xunit.Abstractions;

namespace EdgeFilter.Policies.Tests.Shipped;

/// <summary>
/// Changes the threshold, direction or action of every shipped rule, one at a time: the tests beside the rules must notice.
/// </summary>
public sealed class MutationTests(ShippedPolicies shipped, ITestOutputHelper output) : IClassFixture<ShippedPolicies>
{
    [Fact]
    public void Run_AnyRuleChanged_SomeTestFails()
    {
        var set = shipped.Reading.Set!;
        var mutants = set.Policies.SelectMany(p => p.Rules.SelectMany(r => Mutants(r).Select(m => (Policy: p, Rule: r, m.What, m.Apply)))).ToArray();
        var survivors = new List<string>();
        foreach (var (policy, rule, what, apply) in mutants)
        {
            var undo = apply();
            try
            {
                var lineage = new PolicySet(set.LineageOf(policy.Name!.Value), [], []);
                var runner = new PolicyTestRunner(new CompiledSet(lineage, shipped.Scope)) { OnlyWhole = true };
                if (runner.Run([policy.Name.Value]).Failed == 0)
                {
                    survivors.Add($"{policy.Name.Value}/{rule.Id!.Value}: {what}");
                }
            }
            finally
            {
                undo();
            }
        }

        var caught = 1 - (survivors.Count / (double)mutants.Length);
        output.WriteLine($"{mutants.Length} mutants, {caught:P1} caught. Survivors:\n{string.Join('\n', survivors)}");
        Assert.True(caught >= 0.9, $"{caught:P1} of {mutants.Length} caught. Survivors:\n{string.Join('\n', survivors)}");
    }

    /// <summary>Each changes the rule in place and returns what changes it back.</summary>
    private IEnumerable<(string What, Func<Action> Apply)> Mutants(RuleDocument rule)
    {
        foreach (var action in new[] { rule.Then!.Value - 1, rule.Then.Value + 1 }.Where(Enum.IsDefined))
        {
            yield return ($"then {action}", () => Swap(rule.Then, v => rule.Then = v, new(action, rule.Then.At)));
        }

        foreach (var direction in Enum.GetValues<Direction>())
        {
            var has = rule.In.Any(d => d.Value == direction);
            IReadOnlyList<Written<Direction>> changed = has
                ? [.. rule.In.Where(d => d.Value != direction)]
                : [.. rule.In, new(direction, rule.At)];
            yield return ($"in {string.Join(' ', changed.Select(d => d.Value))}", () => Swap(rule.In, v => rule.In = v, changed));
        }

        foreach (var find in rule.Find!.Flatten())
        {
            if (find.Classifier is not null)
            {
                yield return ("at-least 0.999", () => Swap(find.AtLeast, v => find.AtLeast = v, new(new Threshold(null, 0.999), find.At)));
                yield return ("at-least 0.05", () => Swap(find.AtLeast, v => find.AtLeast = v, new(new Threshold(null, 0.05), find.At)));
            }
            else if (find.NamesFindings)
            {
                foreach (var level in Threshold.Levels.Where(l => l != (find.AtLeast?.Value.Word ?? "likely") && Tells(find, l)))
                {
                    yield return ($"at-least {level}", () => Swap(find.AtLeast, v => find.AtLeast = v, new(new Threshold(level, 0), find.At)));
                }
            }
        }
    }

    // Many detectors are never merely possible (they need a word near by), and some never less than certain: moving the threshold
    // there changes nothing that anybody could see. Their own examples and counter-examples say which.
    private bool Tells(FindDocument find, string level)
    {
        var names = shipped.Scope.Detectors;
        var detectors = find.Entities.SelectMany(e => names.Catalog.OfEntity(e.Value))
            .Concat(find.Classes.SelectMany(c => names.OfClass(c.Value)).Where(d => find.Countries.Count == 0 || find.Countries.Any(c => c.Value == d.Country)))
            .Concat(find.Secrets.SelectMany(s => s.Value == "all" ? names.Secrets : [names.Catalog.Find(s.Value)!]))
            .ToHashSet();
        var plan = names.Catalog.Compile(detectors);
        var findings = new FindingCollector();
        var wanted = level == "possible" ? ConfidenceLevel.Possible : ConfidenceLevel.Likely;
        foreach (var text in detectors.SelectMany(d => d.Examples.Concat(d.CounterExamples)))
        {
            plan.Inspect(text, findings);
            if (findings.Findings.ToArray().Any(f => f.Level == wanted))
            {
                return true;
            }
        }

        return false;
    }

    private static Action Swap<T>(T before, Action<T> set, T after)
    {
        set(after);
        return () => set(before);
    }
}
