using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Testing;

namespace EdgeFilter.Policies.Tests.Testing;

public sealed class PolicyTestRunnerTests
{
    private const string Rules = """
        policy: demo
        version: 1.0.0
        rules:
          - { id: cards, in: [prompt], find: { entities: [CREDIT_CARD] }, then: redact, replace-with: "[card]" }
          - id: mail
            in: [output]
            find: { entities: [EMAIL_ADDRESS] }
            then: block
            say: { en: "No addresses.", es: "Sin direcciones." }
        tests:

        """;

    [Theory]
    [InlineData("{ name: t, prompt: card 4111 1111 1111 1111, expect: redact }")]
    [InlineData("{ name: t, prompt: card 4111 1111 1111 1111, expect: { text: \"card [card]\", not-text: [\"4111\"] } }")]
    [InlineData("{ name: t, output: write to a@b.com, expect: { action: block, rule: demo/mail, say: addresses } }")]
    [InlineData("{ name: t, output: write to a@b.com, language: es, expect: { say: Sin } }")]
    [InlineData("{ name: t, output: card 4111 1111 1111 1111, expect: allow }")]
    [InlineData("{ name: t, prompt: hello, stream: cut, expect: { action: allow, text: hello } }")]
    public void Run_TrueExpectation_Passes(string test) => Assert.Empty(Run(test).Results.Single().Failures);

    [Theory]
    [InlineData("{ name: t, prompt: card 4111 1111 1111 1111, expect: mask }", "expected mask, got redact")]
    [InlineData("{ name: t, prompt: card 4111 1111 1111 1111, expect: { rule: mail } }", "expected rule mail, got demo/cards (redact)")]
    [InlineData("{ name: t, prompt: card 4111 1111 1111 1111, expect: { text: other } }", "expected the text 'other', got 'card [card]'")]
    [InlineData("{ name: t, prompt: hello there, expect: { not-text: there } }", "'there' can still be read")]
    [InlineData("{ name: t, output: write to a@b.com, expect: { say: Maybe } }", "expected the user to be told 'Maybe', got 'No addresses.'")]
    [InlineData("{ name: t, output: write to a@b.com, expect: { action: log, rule: mail } }", "expected log, got block")]
    public void Run_FalseExpectation_SaysWhatDiffers(string test, string difference) =>
        Assert.Contains(difference, Run(test).Results.Single().Failures[0], StringComparison.Ordinal);

    [Fact]
    public void Run_RuleWithoutTest_IsNamed() =>
        Assert.Equal(["demo/mail"], Run("{ name: t, prompt: card 4111 1111 1111 1111, expect: redact }").Untested);

    [Fact]
    public void Run_TestFileWithContext_SeesAllThatAppliesThere()
    {
        var set = Some.Set(
            Rules + "  - { name: t, prompt: hello, expect: allow }\n",
            "policy: german\nversion: 1.0.0\napplies-to: { regions: [DE] }\nlimits: { longest-prompt: 3 }\n",
            "tests-of: demo\ncontext: { region: DE }\ntests:\n  - { name: long, prompt: hello, expect: { action: block, rule: german/longest-prompt } }\n");
        Assert.Equal(0, new PolicyTestRunner(new CompiledSet(set, Some.Scope())).Run().Failed);
    }

    [Fact]
    public void JUnit_Failure_IsWellFormedXml()
    {
        var report = Run("{ name: \"<&\\\"'>\", prompt: hello, expect: block }");
        var xml = System.Xml.Linq.XDocument.Parse(JUnitReport.Write(report));
        Assert.Equal("<&\"'>", xml.Descendants("testcase").Single().Attribute("name")!.Value);
        Assert.Single(xml.Descendants("failure"));
    }

    [Fact]
    public void Compare_ChangedRule_NamesTheTextsItChanges()
    {
        var before = new CorpusDecisions(Some.Selector(Rules + "  - { name: t, prompt: hello, expect: allow }\n"));
        var after = new CorpusDecisions(Some.Selector(Rules.Replace("then: redact, replace-with: \"[card]\"", "then: block", StringComparison.Ordinal) + "  - { name: t, prompt: hello, expect: allow }\n"));
        var corpus = new[] { "{\"id\":\"a\",\"text\":\"4111 1111 1111 1111\"}", "{\"id\":\"b\",\"text\":\"hello\"}" }.Select((l, i) => CorpusText.Parse(l, i + 1));
        var difference = Assert.Single(CorpusDecisions.Compare(before, after, corpus));
        Assert.Equal(("a", PolicyAction.Redact, PolicyAction.Block), (difference.Id, difference.Before.Action, difference.After.Action));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"id\":1}")]
    [InlineData("{\"text\":1}")]
    [InlineData("{\"text\":\"a\",\"in\":\"input\"}")]
    [InlineData("{\"text\":\"a\",\"groups\":\"x\"}")]
    public void Parse_WrongLine_NamesTheLineOnly(string line)
    {
        Assert.Contains("Line 7", Assert.Throws<FormatException>(() => CorpusText.Parse(line, 7)).Message, StringComparison.Ordinal);
    }

    private static PolicyTestReport Run(string test) => new PolicyTestRunner(new CompiledSet(Some.Set(Rules + "  - " + test + "\n"), Some.Scope())).Run();
}
