using System.Diagnostics;
using EdgeFilter.Policies.Combining;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Decisions;
using EdgeFilter.Policies.Documents;
using EdgeFilter.Policies.Filtering;
using EdgeFilter.Policies.Selection;

namespace EdgeFilter.Policies.Testing;

/// <summary>
/// Runs the tests of policies: those inside them under the policy and what it extends, those of test files also under all
/// policies that apply to a context. Every text is filtered at once and, unless the test says otherwise, cut in several ways.
/// </summary>
public sealed class PolicyTestRunner
{
    // Single characters, uneven small pieces as models send them, and larger ones.
    private static readonly int[][] Cuts = [[1], [3, 1, 4, 2], [17, 5]];

    // Stand-ins are keyed; tests that expect one exactly need the same key always. It protects nothing.
    private static readonly byte[] TestKey = [.. "policy tests use this public key"u8];

    private readonly PolicySelector selector;
    private readonly IValueHasher hasher = new HmacValueHasher(TestKey);

    public PolicyTestRunner(CompiledSet set)
    {
        selector = new PolicySelector(set);
    }

    /// <summary>Leaves the cut texts out: a mutation run asks whether a test fails, not how often.</summary>
    internal bool OnlyWhole { get; init; }

    private PolicySet Set => selector.Set.Set;

    /// <summary>Runs all tests, or those of some policies.</summary>
    /// <param name="policies">Names; null for all.</param>
    public PolicyTestReport Run(IReadOnlyCollection<string>? policies = null)
    {
        var started = Stopwatch.GetTimestamp();
        var wanted = Set.Policies.Where(p => policies is null || policies.Contains(p.Name!.Value)).ToArray();
        var tests = Collect(wanted).ToArray();
        var results = new PolicyTestResult[tests.Length];
        Parallel.For(0, tests.Length, i => results[i] = Run(tests[i]));
        var exercised = results.SelectMany(r => r.Rules).ToHashSet(StringComparer.Ordinal);
        var rules = wanted.SelectMany(p => selector.Set.RulesOf(p)).Select(r => r.FullId).ToArray();
        return new PolicyTestReport(results, [.. rules.Where(r => !exercised.Contains(r))], rules.Length, Stopwatch.GetElapsedTime(started));
    }

    internal PolicyTestResult Run(PolicyTest test)
    {
        var started = Stopwatch.GetTimestamp();
        var document = test.Document;
        if (document.Part is { } part)
        {
            return RunPart(test, part, started);
        }

        var direction = document.Prompt is not null ? Direction.Prompt : Direction.Output;
        var role = document.Role?.Value ?? (direction == Direction.Prompt ? SegmentRole.User : SegmentRole.Assistant);
        var text = (document.Prompt ?? document.Output)!.Value;
        var plan = test.InForce.PlanFor(direction, role);
        var system = SystemPhrases.For(test.InForce);
        system?.Add(document.SystemPrompt?.Value ?? "");
        var facts = new SegmentFacts { Tool = document.Tool?.Value ?? "", SystemPhrases = system };
        var clock = selector.Set.Clock;
        var check = new ExpectationCheck(document);
        var rules = new HashSet<string>(StringComparer.Ordinal);

        var whole = FilterOutcome.OfWhole(plan, text, facts, hasher, clock);
        rules.UnionWith(whole.Hits.Select(h => h.Rule.ToString()));
        var stream = document.Stream?.Value ?? TestStream.Both;
        if (stream != TestStream.Cut || OnlyWhole)
        {
            check.Check(whole, "");
        }

        if (stream != TestStream.Whole && !OnlyWhole)
        {
            foreach (var cut in Cuts)
            {
                var outcome = FilterOutcome.OfPieces(plan, text, cut, facts, hasher, clock);
                var how = $"in pieces of {string.Join(", ", cut)}: ";
                check.Check(outcome, how);
                check.CheckSame(whole, outcome, how);
            }
        }

        return new PolicyTestResult(test.Policy, document.Name!.Value, document.At, check.Failures, rules, Stopwatch.GetElapsedTime(started));
    }

    private PolicyTestResult RunPart(PolicyTest test, PartDocument document, long started)
    {
        var part = new UninspectedPart(document.Kind!.Value, (long)(document.Size?.Value ?? -1), document.MediaType?.Value);
        var hits = PartJudge.Judge(test.InForce, document.In?.Value ?? Direction.Prompt, part, selector.Set.Clock.GetUtcNow());
        var check = new ExpectationCheck(test.Document);
        check.Check(FilterOutcome.OfPart(hits), "");
        return new PolicyTestResult(
            test.Policy, test.Document.Name!.Value, test.Document.At, check.Failures, hits.Select(h => h.Rule.ToString()).ToHashSet(StringComparer.Ordinal),
            Stopwatch.GetElapsedTime(started));
    }

    internal IEnumerable<PolicyTest> Collect(IReadOnlyCollection<PolicyDocument> wanted)
    {
        foreach (var policy in wanted)
        {
            var name = policy.Name!.Value;
            var alone = selector.Alone(name);
            foreach (var test in policy.Tests)
            {
                yield return new PolicyTest(name, test, test.Model is null ? alone : selector.Alone(name, new PolicyContext { Model = test.Model.Value }));
            }

            foreach (var file in Set.Tests.Where(t => t.Policy!.Value == name))
            {
                foreach (var test in file.Tests)
                {
                    var context = ContextOf(file.Context, test);
                    yield return new PolicyTest(name, test, file.Context is null ? (test.Model is null ? alone : selector.Alone(name, context)) : selector.For(context));
                }
            }
        }
    }

    private static PolicyContext ContextOf(TestContextDocument? context, TestDocument test) => new()
    {
        Region = context?.Region?.Value ?? "",
        Tenant = context?.Tenant?.Value ?? "",
        Groups = [.. context?.Groups.Select(g => g.Value) ?? []],
        Route = context?.Route?.Value ?? "",
        Protocol = context?.Protocol?.Value ?? "",
        Model = test.Model?.Value ?? context?.Model?.Value ?? "",
    };
}
