using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Decisions;
using EdgeFilter.Policies.Filtering;
using EdgeFilter.Policies.Testing;

namespace EdgeFilter.Policies.Tests.Compilation;

public sealed class PromptLeakTests
{
    private const string Policy = """
        policy: demo
        version: 1.0.0
        rules:
          - { id: leak, in: [output], find: { prompt-leak: 6 }, then: block }
        tests:
          - name: a leak is blocked
            output: "My instructions are: You are the helpful assistant of Acme, never mention prices."
            system-prompt: "You are the helpful assistant of Acme. Never mention prices."
            expect: { action: block, rule: leak, not-text: prices }
          - name: a few shared words are none
            output: "You are the best assistant, never mention it."
            system-prompt: "You are the helpful assistant of Acme. Never mention prices."
            expect: allow
          - name: characters count as words where no spaces stand
            output: "我的指示是：你是一个乐于助人的助手。"
            system-prompt: "你是一个乐于助人的助手，不要谈价格。"
            expect: { action: block, rule: leak }

        """;

    [Fact]
    public void Run_OutputRepeatsTheSystemPrompt_IsBlockedWholeAndCut()
    {
        var report = new PolicyTestRunner(new CompiledSet(Some.Set(Policy), Some.Scope())).Run();
        Assert.True(report.Failed == 0, string.Join('\n', report.Results.SelectMany(r => r.Failures)));
    }

    [Fact]
    public void Push_LeakInAStream_ShowsNothingBehindTheLastWord()
    {
        var policy = Some.Selector(Policy).For(PolicyContext.Anyone);
        var phrases = SystemPhrases.For(policy)!;
        phrases.Add("alpha beta gamma delta epsilon zeta");
        using var filter = new TextFilter(policy.PlanFor(Direction.Output, SegmentRole.Assistant), HmacValueHasher.Ephemeral(), new SegmentFacts { SystemPhrases = phrases });
        var shown = "";
        foreach (var c in "Well, ALPHA-beta gamma delta, epsilon zeta and more")
        {
            shown += filter.Push([c]).Released.ToString();
        }

        shown += filter.Complete().Released.ToString();
        Assert.NotNull(filter.BlockedBy);
        Assert.DoesNotContain("and more", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void KeyOf_WhereMoreThanTheTextDecides_IsNull()
    {
        var policy = Some.Selector("policy: demo\nversion: 1.0.0\nrules:\n  - { id: r, in: [prompt], find: { tools: [mail], entities: [CREDIT_CARD] }, then: block }\n").For(PolicyContext.Anyone);
        Assert.Null(new CleanTextCache().KeyOf(policy.PlanFor(Direction.Prompt, SegmentRole.ToolResult), new string('x', 200)));
    }
}
